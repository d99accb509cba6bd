#pragma once

#include "filter/FilterHints.h"

#include <QList>
#include <QString>

namespace sockeye {

/// One way to go on with what is being typed.
struct FilterCompletion
{
    /// What takes the place of what was typed of it.
    QString insert;
    /// A line about it.
    QString explanation;
    /// More is to follow it, so there may be completions again.
    bool continues = false;

    friend bool operator==(const FilterCompletion &, const FilterCompletion &) = default;
};

struct FilterCompletions
{
    /// The stretch of the text, from `begin` to before `end`, that a completion replaces.
    qsizetype begin = 0;
    qsizetype end = 0;
    QList<FilterCompletion> items;
    /// What messages of the capture had may stand there: worth looking into some, if the hints know none.
    bool isAboutMessages = false;
};

/// What may stand where the cursor is: keys while a word is typed, signs after a key that compares, the known words
/// after dir:, type:, has: and conn:, what messages had after field:, proto:, msg: and topic:. Without anything typed
/// yet, all keys.
[[nodiscard]] FilterCompletions completeFilter(const QString &text, qsizetype cursor, const FilterHints &hints = {});

} // namespace sockeye
