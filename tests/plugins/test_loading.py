"""What is installed is there; what cannot work says which plugin, why, and how to start without it."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from sartor.platform.definitions.extensions import Extensions
from sartor.platform.errors import BrokenPlugin
from sartor.runtime.cli.main import main

SHOUT = """
from sartor.platform.plugin import OneLine, MATCHING, closed

class Shout(OneLine):
    key = "shout"
    label = {"en": "Shout", "zh": "喊"}
    icon = "volume"
    widget = "text"
    operators = MATCHING
    example = "HEY"
    options_schema = closed({})

    def longest(self, field):
        return 20

    def parse(self, field, value):
        return value and value.upper()
"""


def refusal(**how: str) -> str:
    with pytest.raises(BrokenPlugin) as caught:
        Extensions.installed(**how)
    return str(caught.value)


def test_a_plugin_is_there_by_being_installed(install):
    install("shout", {"shout.py": SHOUT})
    found = Extensions.installed()
    assert "shout" in found.fields
    assert "shout" not in Extensions.stock().fields
    assert [each.version for each in found.plugins if each.name == "shout"] == ["1.2"]


def test_a_plugin_can_be_left_out(install):
    install("shout", {"shout.py": SHOUT})
    install("broken", {"it.py": "import nowhere_at_all"})
    found = Extensions.installed("shout, broken")
    assert "shout" not in found.fields
    assert "barcode" in found.fields


def test_a_plugin_that_cannot_be_imported_is_named_with_the_reason_and_the_way_out(install):
    install("broken", {"it.py": "import nowhere_at_all"}, "sartor-broken")
    said = refusal()
    assert "The plugin broken (sartor-broken 1.2, package plugged_" in said
    assert "No module named 'nowhere_at_all'" in said
    assert "SARTOR_PLUGINS_OFF=broken" in said


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"shout.py": SHOUT.replace('"shout"', '"money"')}, "'money' is declared in both sartor.platform.fields.money"),
        ({"shout.py": SHOUT.replace('    icon = "volume"\n', "")}, "Shout lacks: icon"),
        ({"shout.py": SHOUT.replace("def parse", "def unparse")}, "not a complete FieldType"),
        ({"shout.py": SHOUT.replace('"text"', '"trumpet"')}, "widgets/trumpet.html, which is nowhere"),
        ({"templates/list.html": ""}, "list.html is there already, from sartor"),
    ],
)
def test_what_would_fail_later_is_refused_at_the_start(install, files, reason):
    install("shout", files)
    assert reason in refusal()


def test_a_folder_that_python_took_for_the_package_is_named(install, tmp_path):
    """As happens where Sartor is started beside a folder that is called as the package in it."""
    package = install("shout", {"shout.py": SHOUT})
    next(tmp_path.glob(f"site*/{package}/__init__.py")).unlink()
    said = refusal()
    assert f"{package} has no file __init__.py" in said


def test_two_plugins_of_one_name_are_refused(install):
    install("shout", {"shout.py": SHOUT}, "one")
    install("shout", {"shout.py": SHOUT}, "two")
    said = refusal()
    assert "one 1.2" in said
    assert "two 1.2" in said


def test_commands_say_it_and_doctor_lists_what_is_there(install, tmp_path, monkeypatch):
    monkeypatch.setenv("SARTOR_DATA", str(tmp_path / "var"))
    assert CliRunner().invoke(main, ["init"]).exit_code == 0
    install("broken", {"it.py": "1/0"})
    answer = CliRunner().invoke(main, ["doctor"])
    assert answer.exit_code == 1
    assert "ZeroDivisionError: division by zero" in answer.output
    monkeypatch.setenv("SARTOR_PLUGINS_OFF", "broken")
    said = CliRunner().invoke(main, ["doctor"]).output
    assert "plugins: barcode (sartor 0.1.0)" in said
    assert "1.2) left out" in said
    monkeypatch.setenv("SARTOR_PLUGINS_OFF", "broken,gone")
    assert "gone is left out and not installed" in CliRunner().invoke(main, ["doctor"]).output
