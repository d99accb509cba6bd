#pragma once

#include <QStringList>

namespace sockeye {

/// What an option of a command means to a connection.
enum class OptionMeaning : quint8 {
    Url,
    Header,
    UserAgent,
    Referer,
    Cookie,
    Origin,
    Subprotocol,
    Credentials,
    Token,
    Proxy,
    SocksProxy,
    NoProxy,
    Authority,
    Certificate,
    Key,
    Passphrase,
    ConnectTo,
    Seconds,
    Redirects,
    V4,
    V6,
    /// Means nothing to a connection, and need not be told.
    Nothing,
    /// The same, with a value.
    ValueOfNothing,
    /// Would make a difference, and is not taken.
    NotTaken,
    ValueNotTaken,
    /// Not in the table: the operand behind it may be its value.
    Unknown
};

/// A command line of curl, wscat or websocat taken apart as a shell and the program would. Nothing in it is run.
struct PastedCommand
{
    struct Option
    {
        OptionMeaning meaning = OptionMeaning::Unknown;
        /// As it was written, with its dashes: "-H", "--header".
        QString shown;
        /// Empty for one that has none.
        QString value;
    };
    /// A word that is no option and no option's value.
    struct Operand
    {
        QString text;
        /// An option that nobody knows stands before it.
        bool maybeValue = false;
    };

    /// "curl", "wscat" or "websocat"; empty if the text begins with none of them.
    QString program;
    QList<Option> options;
    QList<Operand> operands;

    /// A text that names no program is read as a command of `otherwise`, or, if that is empty, not at all.
    [[nodiscard]] static PastedCommand fromText(const QString &text, const QString &otherwise = {});

    /// The number of the operand that is most likely the URL: one with a scheme before others, one that is surely no
    /// option's value before others; -1 if there is none.
    [[nodiscard]] qsizetype urlOperand() const;
};

} // namespace sockeye
