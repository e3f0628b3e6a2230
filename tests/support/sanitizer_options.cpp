// SPDX-License-Identifier: GPL-2.0-or-later
// What the sanitizers must be told about libraries that are not ours; linked into every test of a sanitized
// build.

// NOLINTBEGIN(bugprone-reserved-identifier): the sanitizers' own names

/// libxapian 1.4.22's Database::check frees an object through a class that is 8 bytes smaller.
extern "C" const char* __asan_default_options() { return "new_delete_type_mismatch=0"; }

/// fontconfig keeps what it once read.
extern "C" const char* __lsan_default_suppressions() { return "leak:libfontconfig"; }

// NOLINTEND(bugprone-reserved-identifier)
