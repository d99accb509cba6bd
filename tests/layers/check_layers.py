#!/usr/bin/env python3
"""Holds the sources against the layers that the build declares.

Reads, for each folder, what its library links (written by cmake/SockeyeTargets.cmake, one line a library: folder, name,
links) and checks that

- every #include "folder/..." lies in the folder itself or in the closure of its links,
- no library links itself over others,
- every .cpp has a header of its own name (main.cpp and variants for a platform aside),
- no two headers have one name, no folder holds more than 22 .cpp files, and none stands loose above the folders.

    check_layers.py SOURCE_DIRECTORY LAYERS_FILE

Prints a line for each thing that does not hold; the exit code is 1 then.
"""

import re
import sys
from collections import defaultdict
from pathlib import Path

ROOTS = ("app", "widgets")
MOST_SOURCES = 22
PLATFORMS = ("_win", "_mac", "_unix", "_linux")
INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.MULTILINE)


def read_layers(path):
    """The folders' links: {folder: set of folders it links directly}."""
    folder_of = {}
    links = {}
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        folder, name, *linked = line.split()
        folder_of[name] = folder
        links[folder] = linked
    return {folder: {folder_of[name] for name in linked if name in folder_of} for folder, linked in links.items()}


def closure(folder, links):
    """All folders that this one reaches over its links. Holds the folder itself only if it stands in a circle."""
    reached = set()
    waiting = list(links.get(folder, ()))
    while waiting:
        current = waiting.pop()
        if current not in reached:
            reached.add(current)
            waiting.extend(links.get(current, ()))
    return reached


def folder_of_include(included, source_directory):
    """The folder that "wire/Frame.h" or "widgets/log/LogView.h" lies in, or None for what is not of app/ or widgets/."""
    for candidate in (included, "app/" + included):
        path = Path(candidate)
        if path.parts[0] in ROOTS and (source_directory / path).is_file():
            return path.parent.as_posix()
    return None


def include_faults(source, folder, allowed, source_directory):
    for included in INCLUDE.findall(source.read_text(encoding="utf-8")):
        other = folder_of_include(included, source_directory)
        if other is None:
            if not included.endswith(".moc"):
                yield f'{source.relative_to(source_directory)}: no file "{included}" in app/ or widgets/'
        elif other != folder and other not in allowed:
            yield (f'{source.relative_to(source_directory)}: includes "{included}", '
                   f"but {folder} does not link {other}")


def has_own_header(source):
    stem = source.stem
    for platform in PLATFORMS:
        stem = stem.removesuffix(platform)
    return source.name == "main.cpp" or (source.parent / f"{stem}.h").is_file()


def faults(source_directory, layers_file):
    source_directory = Path(source_directory)
    links = read_layers(layers_file)
    reach = {folder: closure(folder, links) for folder in links}
    for folder, reached in sorted(reach.items()):
        if folder in reached:
            yield f"{folder}: links itself over {', '.join(sorted(links[folder]))}"

    headers = defaultdict(list)
    for root in ROOTS:
        sources = defaultdict(int)
        for source in sorted((source_directory / root).rglob("*")):
            if source.suffix not in (".cpp", ".h"):
                continue
            folder = source.parent.relative_to(source_directory).as_posix()
            if folder == root:
                if source.name != "main.cpp":
                    yield f"{folder}/{source.name}: stands loose, in no folder of one subject"
                continue
            if folder not in links:
                yield f"{folder}/{source.name}: in a folder that is no library"
                continue
            yield from include_faults(source, folder, reach[folder], source_directory)
            if source.suffix == ".h":
                headers[source.name].append(folder)
            else:
                sources[folder] += 1
                if not has_own_header(source):
                    yield f"{folder}/{source.name}: has no header of its own name"
        for folder, count in sorted(sources.items()):
            if count > MOST_SOURCES:
                yield f"{folder}: holds {count} .cpp files; more than {MOST_SOURCES} are more than one subject"
    for name, folders in sorted(headers.items()):
        if len(folders) > 1:
            yield f"{name}: {' and '.join(folders)} have a header of this name"


def main(arguments):
    if len(arguments) != 2:
        sys.exit(__doc__)
    found = list(faults(*arguments))
    for fault in found:
        print(fault)
    if not found:
        print("Every include lies within its folder's links.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
