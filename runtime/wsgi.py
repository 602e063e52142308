"""What the web server loads: the application of the workspace that the settings name."""

import gc

from sartor.platform.workspace import Workspace
from sartor.runtime.app import create_app
from sartor.runtime.cli.common import settings

workspace = Workspace.open(settings())
workspace.serving()
app = create_app(workspace)

# The model lives as long as the process: leave it out of every collection, and collect less often.
gc.freeze()
gc.set_threshold(50_000, 20, 20)
