#include "widgets/hex/HexOffset.h"

#include "base/Units.h"

#include <QCoreApplication>
#include <QtNumeric>

#include <optional>

namespace sockeye {

namespace {

struct HexOffsetWords
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::HexOffset)
};

/// Reads sums, products and parentheses. Each function returns the value of what begins at the place, which it passes;
/// nothing if it begins otherwise.
class OffsetReader final
{
public:
    OffsetReader(QStringView text, qint64 size, qint64 here)
        : m_text(text)
        , m_size(size)
        , m_here(here)
    {
    }

    /// The whole text. It may be any number: hasOverflown() tells whether it is one that there is none for.
    std::optional<qint64> read()
    {
        // A minus in front of all counts from the end.
        skipSpace();
        const std::optional<qint64> value = m_text.startsWith(u'-') ? sumFrom(m_size) : sum();
        return m_text.isEmpty() ? value : std::nullopt;
    }
    [[nodiscard]] bool hasOverflown() const { return m_hasOverflown; }

private:
    using Operation = bool (*)(qint64 a, qint64 b, qint64 *result);

    std::optional<qint64> sum()
    {
        const std::optional<qint64> first = product();
        return first ? sumFrom(*first) : std::nullopt;
    }

    /// What is added to the value and taken from it.
    std::optional<qint64> sumFrom(qint64 value)
    {
        for (;;) {
            const bool isPlus = take(u"+");
            if (!isPlus && !take(u"-"))
                return value;
            const std::optional<qint64> next = product();
            if (!next)
                return {};
            value = reckoned(value, *next, isPlus ? &qAddOverflow<qint64> : &qSubOverflow<qint64>);
        }
    }

    std::optional<qint64> product()
    {
        std::optional<qint64> value = factor();
        while (value && take(u"*")) {
            const std::optional<qint64> next = factor();
            value = next ? std::optional(reckoned(*value, *next, &qMulOverflow<qint64>)) : std::nullopt;
        }
        return value;
    }

    std::optional<qint64> factor()
    {
        if (take(u"end"))
            return m_size;
        if (take(u"here"))
            return m_here;
        if (!take(u"("))
            return number();
        // Each parenthesis calls this again: nobody needs many, and a pasted text may have any number of them.
        constexpr int MaxDepth = 50;
        if (++m_depth > MaxDepth)
            return {};
        const std::optional<qint64> value = sum();
        --m_depth;
        return take(u")") ? value : std::nullopt;
    }

    std::optional<qint64> number()
    {
        const bool isHex = take(u"0x");
        qsizetype length = 0;
        while (length < m_text.size() && isDigit(m_text[length], isHex))
            ++length;
        if (length == 0)
            return {};
        bool fits = false;
        const qint64 value = m_text.first(length).toLongLong(&fits, isHex ? 16 : 10);
        m_hasOverflown = m_hasOverflown || !fits;
        m_text = m_text.sliced(length);
        skipSpace();
        return value;
    }

    static bool isDigit(QChar c, bool isHex)
    {
        const QChar lower = c.toLower();
        return (c >= u'0' && c <= u'9') || (isHex && lower >= u'a' && lower <= u'f');
    }

    qint64 reckoned(qint64 a, qint64 b, Operation operation)
    {
        qint64 result = 0;
        m_hasOverflown = operation(a, b, &result) || m_hasOverflown;
        return result;
    }

    bool take(QStringView word)
    {
        if (!m_text.startsWith(word, Qt::CaseInsensitive))
            return false;
        m_text = m_text.sliced(word.size());
        // The digits of a hex number follow at once.
        if (word != u"0x")
            skipSpace();
        return true;
    }

    void skipSpace()
    {
        while (!m_text.isEmpty() && m_text.front().isSpace())
            m_text = m_text.sliced(1);
    }

    QStringView m_text;
    qint64 m_size;
    qint64 m_here;
    int m_depth = 0;
    bool m_hasOverflown = false;
};

} // namespace

Result<ByteOffset> parseOffset(const QString &text, qint64 size, ByteOffset here)
{
    OffsetReader reader(text, size, here.value());
    const std::optional<qint64> offset = reader.read();
    if (!offset)
        return Error{
            HexOffsetWords::tr("This is no offset: type 100, 0x64, 4*(16+1), here+8, or -1 for the last byte.")};
    if (size == 0)
        return Error{HexOffsetWords::tr("There are no bytes.")};
    if (reader.hasOverflown() || *offset < 0 || *offset >= size)
        return Error{HexOffsetWords::tr("There is no such byte: the offsets go from 0 to %1 (0x%2).")
                         .arg(countText(size - 1), QString::number(size - 1, 16))};
    return ByteOffset(*offset);
}

} // namespace sockeye
