#pragma once

#include "structs/StructFault.h"
#include "structs/StructNumber.h"

#include <QByteArray>
#include <QStringView>

#include <vector>

namespace sockeye {

/// A word of the text of a struct.
struct StructToken
{
    enum class Kind : quint8 {
        Name,
        Number,
        Decimal,   ///< 0.5, 1e3: its text says it
        Text,      ///< in quotes: `bytes`
        Sign,      ///< {, <<, ::
        Directive, ///< a line that begins with #
        Invalid,   ///< nothing that is known: `message`
        End
    };

    Kind kind = Kind::End;
    qsizetype offset = 0;
    /// As it is written.
    QStringView text;
    StructNumber number = {};
    /// UTF-8, without quotes and escapes.
    QByteArray bytes = {};
    QString message = {};

    [[nodiscard]] bool is(QStringView sign) const { return kind == Kind::Sign && text == sign; }
    [[nodiscard]] bool isName(QStringView name) const { return kind == Kind::Name && text == name; }
    [[nodiscard]] qsizetype end() const { return offset + text.size(); }
};

/// The words of a text, without its comments; End last. Each is a view of the text. What is no word is one that is
/// Invalid, and nothing follows it but End.
[[nodiscard]] std::vector<StructToken> structTokens(QStringView text);
/// A fault of these characters.
[[nodiscard]] StructFault structFault(QStringView text, qsizetype offset, qsizetype length, const QString &message);

} // namespace sockeye
