"""What changed on pages: those that were written anew, and those that show something that changed elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from handbook.editions.check import Checked
from handbook.loading.handbook import Handbook
from handbook.loading.page import Page
from handbook.loading.rendered_edition import RenderedEdition
from handbook.model.dependencies import Dependency
from handbook.model.editions import Edition
from handbook.review.change import Change, ChangeItem, merged
from handbook.review.moved_pages import moved_pages
from handbook.review.record_changes import changed_fields
from handbook.review.text_diff import changed_passages, changed_sentences
from handbook.review.visible_text import blocks

# Readers see these in the page itself.
_IN_THE_TEXT = frozenset(("Title", "Summary", "Position"))
_NO_WORDS = "No word of it changed for readers. Links, layout or the notes under figures did."
_NOWHERE = "No page shows it."
_UNSEEN = "It was edited, and readers see the same as before."


@dataclass(frozen=True)
class Pages:
    """The pages of two handbooks, a page that moved being the same page."""

    before: Checked
    now: Checked

    @cached_property
    def moved(self) -> dict[str, str]:
        """The path that each page which moved had before, by its path now."""
        return moved_pages(self._all(self.before), self._all(self.now))

    @cached_property
    def edited(self) -> frozenset[str]:
        """The paths of the pages whose own file is not as it was."""
        had, has = self._all(self.before), self._all(self.now)
        return frozenset(
            path
            for path in {*has, *had} - set(self.moved.values())
            if path in self.moved or path not in has or path not in had or has[path].text != had[path].text
        )

    @cached_property
    def renamed(self) -> frozenset[str]:
        """The paths of the pages that came or went, or say something else in their front matter, such as a title."""
        had, has = self._all(self.before), self._all(self.now)
        return frozenset(
            path for path in self.edited if path not in has or path not in had or has[path].header != had[path].header
        )

    def changed(self) -> list[ChangeItem]:
        """The pages that were added, moved, edited or removed, each with what its readers see of it."""
        found = merged({edition: list(self._changed(edition, self.edited)) for edition in Edition})
        told = {item.place for item in found}
        unseen = sorted(path for path in self.edited if self._page(path).shown not in told)
        return [
            *found,
            *(ChangeItem(self._title(path), self._page(path).shown, "edited", notes=(_UNSEEN,)) for path in unseen),
        ]

    def following(self, changed: Collection[Dependency]) -> list[ChangeItem]:
        """The pages that read otherwise now though nobody edited them.

        `changed` has the records that changed, and links to the pages that did.
        """
        paths = {path for written in self.now.editions.values() for path in written.pages} - self.edited
        found = merged({edition: list(self._changed(edition, paths)) for edition in Edition})
        return [replace(item, notes=(*item.notes, *self._because(item, changed))) for item in found]

    def showing(self, shown: Dependency, editions: Collection[Edition]) -> tuple[str, ...]:
        """Sentences that name the pages which show something before or now, those that were edited first."""
        paths: set[str] = set()
        for edition in editions:
            paths |= {path for path, reads in self.now.editions[edition].reads.items() if shown in reads}
            paths |= {
                self._path_now(path) for path, reads in self.before.editions[edition].reads.items() if shown in reads
            }
        said = {
            "Shown on": [self._title(path) for path in sorted(paths & self.edited)],
            "Shown, without an edit, on": [self._title(path) for path in sorted(paths - self.edited)],
        }
        return tuple(f"{how}: {'; '.join(titles)}." for how, titles in said.items() if titles) or (_NOWHERE,)

    def _changed(self, edition: Edition, paths: Collection[str]) -> Iterator[ChangeItem]:
        """How each of these pages changed for the readers of an edition, where it did."""
        had, has = self.before.editions[edition], self.now.editions[edition]
        for path in sorted(paths):
            old = self.moved.get(path, path)
            was, is_ = old in had.pages, path in has.pages
            if not was and not is_:
                continue
            page = self._page(path)
            header = self._header(had.pages[old] if was else None, has.pages[path] if is_ else None)
            same = was and is_ and had.markdown(old).markdown == has.markdown(path).markdown
            html = ("", "") if same else (self._html(had, old), self._html(has, path))
            if html[0] == html[1] and not header and path not in self.moved:
                continue
            before, after = blocks(html[0]), blocks(html[1])
            what = "removed" if not is_ else "added" if not was else "moved" if path in self.moved else "changed"
            # Of a page that came or went, only the summary, which stands below the title.
            part = slice(None) if was and is_ else slice(1, 2)
            said = changed_sentences(before[part], after[part])
            if what == "moved":
                header = (Change("Address", had.pages[old].shown, page.shown), *header)
            notes = (_NO_WORDS,) if what == "changed" and html[0] != html[1] and not said else ()
            yield ChangeItem(
                self._title(path), page.shown, what, (*header, *said), changed_passages(before, after), notes
            )

    def _header(self, old: Page | None, new: Page | None) -> tuple[Change, ...]:
        """What the front matter says otherwise, of a page that was there and is still."""
        if old is None or new is None:
            return ()
        assert self.before.handbook and self.now.handbook
        records = {**self.before.handbook.records, **self.now.handbook.records}
        fields = changed_fields(old.header, new.header, records)
        return tuple(change for change in fields if change.label not in _IN_THE_TEXT)

    def _html(self, written: RenderedEdition, path: str) -> str:
        """A page as its readers have it; nothing where there is no such page."""
        return written.parsed(path).html if path in written.pages else ""

    def _because(self, item: ChangeItem, changed: Collection[Dependency]) -> Iterator[str]:
        """What a page that nobody edited reads of what changed; failing that, the lists that it reads."""
        path = item.place.removeprefix("docs/")
        reads = frozenset().union(
            *(written.reads.get(path, ()) for written in [*self.now.editions.values(), *self.before.editions.values()])
        )
        names = sorted(str(shown) for shown in changed if shown in reads)
        names = names or sorted(str(shown) for shown in changed if Dependency(shown.kind, shown.name[:1]) in reads)
        if names:
            yield f"Not edited. It shows {', '.join(names)}."
        else:
            yield "Not edited. It shows what changed on other pages or in the settings."

    def _path_now(self, path: str) -> str:
        return next((new for new, old in self.moved.items() if old == path), path)

    def _page(self, path: str) -> Page:
        had, has = self._all(self.before), self._all(self.now)
        return has.get(path) or had[path]

    def _title(self, path: str) -> str:
        return self._page(path).header.title

    @staticmethod
    def _all(checked: Checked) -> dict[str, Page]:
        handbook: Handbook | None = checked.handbook
        return handbook.docs.pages if handbook else {}
