#pragma once

#include <QList>
#include <QString>

namespace sockeye {

/// A text to begin with.
struct StructExample
{
    QString name;
    QString text;
};

/// What a menu offers.
[[nodiscard]] QList<StructExample> structExamples();

} // namespace sockeye
