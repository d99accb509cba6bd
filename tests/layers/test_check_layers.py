#!/usr/bin/env python3
"""What check_layers.py finds in small houses with one fault each."""

import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from check_layers import faults  # noqa: E402

LAYERS = """app/wire sockeye_wire Qt6::Core
app/log sockeye_log sockeye_wire
widgets/style sockeye_widgets_style Qt6::Widgets
widgets/log sockeye_widgets_log sockeye_log sockeye_widgets_style
"""
HOUSE = {
    "app/wire/Frame.h": "#pragma once\n#include <QByteArray>\n",
    "app/wire/Frame.cpp": '#include "wire/Frame.h"\n',
    "app/log/LogModel.h": '#include "wire/Frame.h"\n',
    "app/log/LogModel.cpp": '#include "log/LogModel.h"\n#include "LogModel.moc"\n',
    "widgets/style/Theme.h": "",
    "widgets/log/LogView.h": '#include "log/LogModel.h"\n#include "widgets/style/Theme.h"\n',
    "widgets/log/LogView.cpp": '#include "widgets/log/LogView.h"\n#include "wire/Frame.h"\n',
    "widgets/main.cpp": '#include "widgets/log/LogView.h"\n',
}


class CheckLayers(unittest.TestCase):
    def found(self, changes=None, layers=LAYERS):
        with tempfile.TemporaryDirectory() as directory:
            root = Path(directory)
            for path, text in {**HOUSE, **(changes or {})}.items():
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).write_text(text, encoding="utf-8")
            (root / "layers.txt").write_text(layers, encoding="utf-8")
            return list(faults(root, root / "layers.txt"))

    def test_accepts_a_house_in_order(self):
        self.assertEqual(self.found(), [])

    def test_finds_an_include_of_what_is_not_linked(self):
        self.assertEqual(self.found({"app/wire/Frame.cpp": '#include "wire/Frame.h"\n#include "log/LogModel.h"\n'}),
                         ['app/wire/Frame.cpp: includes "log/LogModel.h", but app/wire does not link app/log'])

    def test_finds_an_indented_include(self):
        self.assertEqual(len(self.found({"app/wire/Frame.h": '#if 1\n  #  include "log/LogModel.h"\n#endif\n'})), 1)

    def test_finds_a_widgets_folder_that_includes_one_above_it(self):
        self.assertEqual(self.found({"widgets/style/Theme.h": '#include "widgets/log/LogView.h"\n'}),
                         ['widgets/style/Theme.h: includes "widgets/log/LogView.h", '
                          "but widgets/style does not link widgets/log"])

    def test_finds_a_circle_of_links(self):
        circle = LAYERS.replace("sockeye_wire Qt6::Core", "sockeye_wire sockeye_log")
        self.assertEqual(self.found(layers=circle), ["app/log: links itself over app/wire",
                                                     "app/wire: links itself over app/log"])

    def test_finds_a_source_without_a_header_of_its_own(self):
        self.assertEqual(self.found({"app/log/LogModelCells.cpp": '#include "log/LogModel.h"\n'}),
                         ["app/log/LogModelCells.cpp: has no header of its own name"])

    def test_lets_a_platform_have_its_variant(self):
        self.assertEqual(self.found({"app/wire/Frame_win.cpp": '#include "wire/Frame.h"\n'}), [])

    def test_finds_two_headers_of_one_name(self):
        self.assertEqual(self.found({"app/log/Frame.h": ""}),
                         ["Frame.h: app/log and app/wire have a header of this name"])

    def test_finds_a_loose_file(self):
        self.assertEqual(self.found({"widgets/Banner.h": ""}),
                         ["widgets/Banner.h: stands loose, in no folder of one subject"])

    def test_finds_a_folder_that_is_no_library(self):
        self.assertEqual(self.found({"app/new/Thing.h": ""}),
                         ["app/new/Thing.h: in a folder that is no library"])

    def test_finds_an_include_of_nothing(self):
        self.assertEqual(self.found({"app/wire/Frame.cpp": '#include "wire/Frane.h"\n'}),
                         ['app/wire/Frame.cpp: no file "wire/Frane.h" in app/ or widgets/'])

    def test_finds_a_pile(self):
        pile = {f"app/log/Class{n}.{suffix}": "" for n in range(22) for suffix in ("h", "cpp")}
        self.assertEqual(self.found(pile),
                         ["app/log: holds 23 .cpp files; more than 22 are more than one subject"])


if __name__ == "__main__":
    unittest.main()
