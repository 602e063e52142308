"""Blueprints by chance in whatever design there is, retired fields that may come back, and the whole design taken to
another workspace and back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from random import Random

from kits import KITS
from offices import Office

from sartor.platform.definitions.documents import Documents, of_kind
from sartor.platform.definitions.system import system_documents
from sartor.platform.errors import Conflict, InvalidDefinition, NotFound
from sartor.platform.packaging.exporting import exported
from sartor.platform.packaging.files.archive import packed, unpacked
from sartor.platform.packaging.installing.drafting import Draft, Drafts
from sartor.platform.packaging.installing.importing import Importing
from sartor.platform.packaging.installing.uninstall import DATA, uninstalling
from sartor.platform.packaging.selected import selected_blueprint
from sartor.platform.packaging.versions.promoting import Promotion, packed_design, unpacked_design
from sartor.platform.packaging.versions.upgrades import Upgrades
from sartor.platform.publishing.applying import Publication
from sartor.platform.publishing.change_sets.deciding import Choice
from sartor.platform.publishing.retired.bringing_back import BringingBack, Comeback
from sartor.platform.publishing.retired.bringing_entities import BringingEntities, EntityGone

MANIFEST = {"name": "everything", "version": "1.0.0", "label": "Everything", "languages": ["en", "zh"]}


class Fitter:
    """Draws drafts of blueprints. chance: where it draws from; said: what it did, in words."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.chance = Random(0)
        self.said = ""

    @property
    def drafts(self) -> Drafts:
        return Drafts(self.office.workspace)

    def draft(self) -> Draft | None:
        """One thing done with a blueprint; None where it was refused."""
        name = self.chance.choice(sorted(KITS))
        there = f"blueprint/{name}" in self.drafts.present()
        act = self.chance.choice((self._upgrade, self._take_out)) if there else self._install
        self.said = f"{act.__name__} {name}"
        try:
            draft = act(name)
        except (Conflict, InvalidDefinition, NotFound) as error:
            self.said += f", refused: {error.message}"
            return None
        wrong = self.office.workspace.compiler.check(draft.documents)
        self.said += f": {draft.name}" + (f", refused: {wrong[0].message} at {wrong[0].file}" if wrong else "")
        return None if wrong else draft

    def _install(self, name: str) -> Draft:
        choices = {"*": self.chance.choice(("keep", "replace", "merge", "both"))}
        self.said += f" {choices['*']}"
        coming = Importing(self.office.workspace, self.chance.choice(KITS[name]))
        draft = coming.draft(choices, self.chance.choice(("L1", "L2", "L3")))
        coming.remember(choices)
        return draft

    def _upgrade(self, name: str) -> Draft:
        upgrades = Upgrades(self.office.workspace, name)
        return upgrades.decided(
            upgrades.look(self.chance.choice(KITS[name])), self.chance.choice((Choice.KEEP, Choice.TAKE))
        ).draft

    def _take_out(self, name: str) -> Draft:
        return uninstalling(self.drafts.present(), self.office.workspace.kinds, name, self.chance.choice(DATA))

    # ---- what is retired

    def comebacks(self, documents: Documents) -> BringingBack:
        return BringingBack(self.office.workspace.publisher.models, documents)

    def gone(self, documents: Documents) -> list[Comeback]:
        """Retired fields of which no second one has been made by installing their blueprint again."""
        return [each for each in self.comebacks(documents).all() if not _is_twice(each, documents)]

    def entities(self, documents: Documents) -> BringingEntities:
        return BringingEntities(self.office.workspace.publisher.models, documents)

    def entities_gone(self, documents: Documents) -> list[EntityGone]:
        """Retired entities of which no second one has been made by installing their blueprint again."""
        marks = {each.get("description") for _name, each in of_kind(documents, "entity")}
        return [each for each in self.entities(documents).all() if each.definition.get("description") not in marks]

    # ---- elsewhere

    def require_same_elsewhere(self, empty: Callable[[ExitStack], Office]) -> None:
        """What is exported here and brought into an empty workspace is exported there with the same bytes."""
        here = self.office.workspace
        whole = packed_design(here)
        with ExitStack() as stack:
            there = empty(stack).workspace
            promotion = Promotion(there, unpacked_design(whole))
            draft = promotion.decided(rest=Choice.TAKE)
            promotion.publish(draft, Publication(confirm=promotion.drafts.plan(draft).fingerprint))
            assert packed_design(there) == whole
        ours = system_documents()
        keys = [key for key in here.serving().design.documents if key not in ours and not key.startswith("blueprint/")]
        part, _found = selected_blueprint(here, here.system("test"), MANIFEST, keys, {})
        with ExitStack() as stack:
            there = empty(stack).workspace
            drafts = Drafts(there)
            drafts.carry_out(Importing(there, unpacked(packed(part))).draft({"*": "replace"}), "import")
            assert packed(exported(there, "everything")) == packed(part)


def _is_twice(gone: Comeback, documents: Documents) -> bool:
    fields = documents[f"entity/{gone.entity}"]["fields"].values()
    return gone.definition.get("help") in {each.get("help") for each in fields}
