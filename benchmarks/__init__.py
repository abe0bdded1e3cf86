"""The benchmarks. What is measured in this process paints as often as the workbench does."""

import os

from commands.code import FRAMES_A_SECOND

os.environ.setdefault("TEXTUAL_FPS", FRAMES_A_SECOND)  # read when Textual is imported
