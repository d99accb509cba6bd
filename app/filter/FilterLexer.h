#pragma once

#include "filter/Filter.h"
#include "filter/FilterKeys.h"

namespace sockeye::filter {

/// A piece of the filter line that means something by itself.
struct Token
{
    enum class Type : quint8 {
        End,
        Open,
        Close,
        Minus,
        And,
        Or,
        Not,
        Words, ///< a bare word, or several between quotation marks
        Regex,
        Keyed, ///< key, sign, value
        Bad    ///< cannot be understood: see `error`
    };

    Type type = Type::End;
    /// From `begin` to before `end` in the line.
    qsizetype begin = 0;
    qsizetype end = 0;
    /// Of Words and Regex: without marks and escapes.
    QString text;
    bool isQuoted = false;
    /// Of a regex: an i after it.
    bool foldCase = false;
    /// Of Keyed: the key; the sign (":", "=", "!=", "<", ...) from signBegin to before valueBegin.
    FilterKey key = FilterKey::Dir;
    qsizetype signBegin = 0;
    qsizetype valueBegin = 0;
    FilterError error;
};

/// Cuts the line into tokens, one at a time. What a character means depends on what stands before it: `)` ends a word
/// only where a parenthesis is open, `/` begins a regular expression only where one ends.
class Lexer final
{
public:
    explicit Lexer(QStringView line)
        : m_line(line)
    {
    }

    [[nodiscard]] Token next();

private:
    [[nodiscard]] QChar at(qsizetype place) const { return place < m_line.size() ? m_line.at(place) : QChar(); }
    [[nodiscard]] bool isSpaceOrEnd(qsizetype place) const;
    [[nodiscard]] bool closesGroup(qsizetype place) const;
    [[nodiscard]] Token one(Token::Type type, qsizetype length);
    [[nodiscard]] Token quoted();
    [[nodiscard]] std::optional<Token> regex();
    [[nodiscard]] Token wordOrKeyed();
    [[nodiscard]] qsizetype signLength(qsizetype place) const;
    [[nodiscard]] Token keyed(const FilterKeyInfo &info, qsizetype keyEnd);
    [[nodiscard]] Token bad(qsizetype end, qsizetype position, const QString &message);
    [[nodiscard]] qsizetype wordEnd() const;

    QStringView m_line;
    qsizetype m_at = 0;
    int m_depth = 0;
    /// The token before was a minus: what follows is a term, whatever it is called.
    bool m_afterMinus = false;
};

} // namespace sockeye::filter
