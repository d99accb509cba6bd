#!/usr/bin/env python3
"""What compare_builds.py makes of the output of a benchmark."""

import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from compare_builds import report, value  # noqa: E402


class CompareBuilds(unittest.TestCase):
    def test_reads_figures(self):
        self.assertEqual(value("1,000,000"), 1_000_000)
        self.assertEqual(value("1.5 MB"), 1_500_000)
        self.assertEqual(value("-3"), -3)

    def test_sets_medians_side_by_side(self):
        these = ["record   2.00 s  500 messages/s", "record   4.00 s  300 messages/s", "record   3.00 s  400 messages/s"]
        others = ["record   1.50 s  800 messages/s"] * 3
        self.assertEqual(list(report(these, others)), ["this   record   3.00 s  400 messages/s",
                                                       "other  record   1.50 s  800 messages/s",
                                                       "ratio           2.00    0.50"])

    def test_keeps_what_is_the_same_in_every_run_out_of_the_ratios(self):
        self.assertEqual(list(report(["100 B: 2.0 s"], ["100 B: 1.0 s"]))[2], "ratio         2.00")

    def test_prints_a_line_without_differences_once(self):
        self.assertEqual(list(report(["1,000 messages of 100 B"], ["1,000 messages of 100 B"])),
                         ["       1,000 messages of 100 B"])

    def test_compares_sizes_of_different_units(self):
        self.assertEqual(list(report(["peak 1.2 GB"], ["peak 600 MB"])), ["this   peak 1.2 GB", "other  peak 600 MB",
                                                                         "ratio         2.00"])

    def test_pairs_lines_that_say_the_same_in_their_order(self):
        both = list(report(["step 3 ms\nstep 8 ms"], ["step 6 ms\nstep 4 ms"]))
        self.assertEqual([line.split()[-1] for line in both if line.startswith("ratio")], ["0.50", "2.00"])

    def test_shows_what_only_one_build_prints(self):
        self.assertEqual(list(report(["new 3 ms"], ["old 4 ms"])), ["this   new 3 ms", "other  old 4 ms"])

    def test_survives_a_figure_of_nothing(self):
        self.assertIn("-", list(report(["lost 3"], ["lost 0"]))[2])


if __name__ == "__main__":
    unittest.main()
