"""The least that an app of Textual can do: the floor of the start of the workbench."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class Hello(App[None]):
    def compose(self) -> ComposeResult:
        yield Static("hello-world")


Hello().run()
