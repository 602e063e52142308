"""What the web server loads: the application of the workspace that the settings name."""

import gc
import signal
import threading

from sartor.platform.storage.version import require_current
from sartor.platform.workspace import Workspace
from sartor.runtime.app import create_app
from sartor.runtime.cli.common import settings
from sartor.runtime.pages.rendering import keep_templates
from sartor.runtime.starting import Start


def warm_up() -> None:
    """What the first page after the sign-in page would wait for."""
    workspace.serving()
    # The model lives as long as the process: leave it out of every collection, and collect less often.
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


# The server's own handler only notes the signal, and whoever stops it while this loads would wait for ever.
signal.signal(signal.SIGTERM, signal.SIG_DFL)
found = settings()
start = Start(found.data)
start.wait()
workspace = Workspace.open(found)
require_current(workspace.database)
app = create_app(workspace)
keep_templates(app, found.data)
start.say_open()
# Later, so that the sign-in page does not share the processor with it.
warming = threading.Timer(1.0, warm_up)
warming.daemon = True
warming.start()
