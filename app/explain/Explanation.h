#pragma once

#include <QString>

namespace sockeye {

/// What a line of a head means: its sentence, its source, and what is wrong with it (empty if nothing is).
struct Explanation
{
    QString text;
    QString section;
    QString problem;
};

} // namespace sockeye
