"""XML changed at random as a tree, so that it stays XML: most changes of its bytes only end at the parser."""

from __future__ import annotations

import random
from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from lxml.etree import _Element

_VALUES = ("", "0", "-1", "1", "9", "65535", "2147483648", "9" * 20, "false", "none", "begin", "end")
_TEXTS = ("", " ", "I: ", "R: ja\n\n", "\t", "å", "a\u030a", "\u0301", "\u202e", "\ufeff", "😀", "(")
_WAYS = ("text", "tail", "value", "value", "name", "take out", "put in", "put beside", "nest", "unwrap")
_MOST_ELEMENTS = 5000


def tree_changed(chance: random.Random, xml: bytes) -> bytes:
    """The same XML, which must be sound, with 1 to 10 of its elements changed, doubled, moved, nested or taken out."""
    root = etree.fromstring(xml)
    for _ in range(chance.randint(1, 10)):
        elements = [*root.iter(etree.Element)]
        if len(elements) > _MOST_ELEMENTS:
            break
        _change(chance, chance.choice(elements), elements)
    return etree.tostring(root)


def _change(chance: random.Random, element: _Element, elements: list[_Element]) -> None:
    other = chance.choice(elements)
    what = chance.choice(
        ("text", "tail", "value", "value", "name", "take out", "put in", "put beside", "nest", "unwrap")
    )
    parent = element.getparent()
    if what == "text":
        element.text = chance.choice(_TEXTS) * chance.choice((1, 1, 3, 200))
    elif what == "tail":
        element.tail = chance.choice(_TEXTS)
    elif what == "value" and element.attrib:
        element.set(chance.choice([*element.attrib]), chance.choice(_VALUES))
    elif what == "name":
        element.tag = other.tag
    elif what == "put in":
        element.insert(chance.randint(0, len(element)), deepcopy(other))
    elif what == "nest":
        for _ in range(chance.choice((1, 5, 100))):
            outer = etree.SubElement(element, element.tag)
            element = outer
    elif parent is not None and what == "take out":
        parent.remove(element)
    elif parent is not None and what == "put beside":
        parent.insert(parent.index(element), deepcopy(other))
    elif parent is not None and what == "unwrap":
        for child in element:
            parent.insert(parent.index(element), child)
