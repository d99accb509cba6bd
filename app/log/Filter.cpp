#include "log/Filter.h"

#include "capture/Entry.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

bool isSpace(QChar c)
{
    return c.isSpace();
}

/// A part of the SQL condition with its values.
struct Condition
{
    QString sql;
    QList<QVariant> values;
};

struct NamedValue
{
    QLatin1StringView name;
    int value;
};

constexpr std::array Directions{NamedValue{"in"_L1, int(Direction::In)}, NamedValue{"out"_L1, int(Direction::Out)},
                                NamedValue{"none"_L1, int(Direction::None)}};

constexpr std::array Kinds{
    NamedValue{"text"_L1, int(EntryKind::Text)},   NamedValue{"binary"_L1, int(EntryKind::Binary)},
    NamedValue{"ping"_L1, int(EntryKind::Ping)},   NamedValue{"pong"_L1, int(EntryKind::Pong)},
    NamedValue{"close"_L1, int(EntryKind::Close)}, NamedValue{"raw"_L1, int(EntryKind::Raw)},
    NamedValue{"event"_L1, int(EntryKind::Event)}};

template<typename Names>
QString listed(const Names &names)
{
    QStringList list;
    for (const NamedValue &entry : names)
        list += QString(entry.name);
    return list.join(", "_L1);
}

/// "column IN (?,?)"
Condition isOneOf(QLatin1StringView column, const QList<QVariant> &values)
{
    QStringList marks(values.size(), u"?"_s);
    return {u"%1 IN (%2)"_s.arg(column, marks.join(u',')), values};
}

/// Reads the line term by term; the first thing that cannot be understood ends it.
class Parser final
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::Filter)

public:
    explicit Parser(const QString &text)
        : m_text(text)
    {
    }

    std::variant<EntryQuery, FilterError> parse()
    {
        EntryQuery query;
        for (skipSpaces(); m_at < m_text.size(); skipSpaces()) {
            const bool negated = m_text.at(m_at) == u'-' && m_at + 1 < m_text.size() && !isSpace(m_text.at(m_at + 1));
            if (negated)
                ++m_at;
            const std::optional<Condition> condition = term();
            if (!condition)
                return m_error;
            if (!query.where.isEmpty())
                query.where += " AND "_L1;
            query.where += (negated ? "NOT ("_L1 : "("_L1) + condition->sql + u')';
            query.values += condition->values;
        }
        return query;
    }

private:
    void skipSpaces()
    {
        while (m_at < m_text.size() && isSpace(m_text.at(m_at)))
            ++m_at;
    }

    std::nullopt_t fail(qsizetype position, const QString &message)
    {
        m_error = {message, position};
        return std::nullopt;
    }

    std::optional<Condition> term()
    {
        if (m_text.at(m_at) == u'"')
            return quoted();
        const qsizetype start = m_at;
        while (m_at < m_text.size() && !isSpace(m_text.at(m_at)))
            ++m_at;
        const QStringView word = QStringView(m_text).sliced(start, m_at - start);
        qsizetype keyLength = 0;
        while (keyLength < word.size() && word.at(keyLength).isLetter())
            ++keyLength;
        const bool hasKey = keyLength > 0 && keyLength < word.size() && u":<>="_s.contains(word.at(keyLength));
        return hasKey ? keyed(word, keyLength, start) : containsText(word.toString());
    }

    /// "two words", with \" and \\ inside.
    std::optional<Condition> quoted()
    {
        const qsizetype start = m_at++;
        QString words;
        for (; m_at < m_text.size(); ++m_at) {
            const QChar c = m_text.at(m_at);
            if (c == u'"') {
                ++m_at;
                if (words.isEmpty())
                    return fail(start, tr("There is nothing between the quotation marks."));
                return containsText(words);
            }
            const bool escape = c == u'\\' && m_at + 1 < m_text.size() && u"\"\\"_s.contains(m_text.at(m_at + 1));
            words += escape ? m_text.at(++m_at) : c;
        }
        return fail(start, tr("The quotation mark is not closed. Type another \" at the end of the words."));
    }

    static Condition containsText(const QString &words)
    {
        const bool caseCounts = std::any_of(words.begin(), words.end(), [](QChar c) { return c.isUpper(); });
        return {u"contains_text(id, size, head, ?, ?)"_s, {words.toUtf8(), caseCounts ? 1 : 0}};
    }

    std::optional<Condition> keyed(QStringView word, qsizetype keyLength, qsizetype start)
    {
        const QString key = word.first(keyLength).toString().toLower();
        const QChar sign = word.at(keyLength);
        const bool isSize = key == "size"_L1;
        const bool isKnown = isSize || key == "dir"_L1 || key == "op"_L1 || key == "type"_L1 || key == "conn"_L1;
        if (!isKnown && sign == u'=') // As in "id=7" out of a query string.
            return containsText(word.toString());
        if (!isKnown) {
            return fail(start, tr("“%1” is no filter. Known are dir:, op:, type:, size and conn:. To search for "
                                  "the text, put it in quotation marks.")
                                   .arg(word.first(keyLength)));
        }
        if (isSize)
            return size(word.sliced(keyLength), start + keyLength);
        if (sign != u':')
            return fail(start + keyLength, tr("After “%1” a colon is expected, as in “%1:”.").arg(key));
        const QStringView value = word.sliced(keyLength + 1);
        const qsizetype place = start + keyLength + 1;
        if (key == "dir"_L1)
            return names("direction"_L1, Directions, value, place, tr("“%1” is no direction. Known are %2."));
        if (key == "conn"_L1)
            return connection(value, place);
        return names("kind"_L1, Kinds, value, place, tr("“%1” is no type of entry. Known are %2."));
    }

    template<typename Names>
    std::optional<Condition> names(QLatin1StringView column, const Names &known, QStringView value, qsizetype place,
                                   const QString &unknown)
    {
        QList<QVariant> values;
        for (const QStringView name : value.split(u',')) {
            const auto found = std::find_if(known.begin(), known.end(), [name](const NamedValue &entry) {
                return name.compare(entry.name, Qt::CaseInsensitive) == 0;
            });
            if (name.isEmpty())
                return fail(place, tr("A value is missing here. Known are %1.").arg(listed(known)));
            if (found == known.end())
                return fail(place, unknown.arg(name, listed(known)));
            values += found->value;
            place += name.size() + 1;
        }
        return isOneOf(column, values);
    }

    std::optional<Condition> connection(QStringView value, qsizetype place)
    {
        QList<QVariant> values;
        for (const QStringView number : value.split(u',')) {
            bool ok = false;
            const qlonglong id = number.toLongLong(&ok);
            if (!ok || id < 1)
                return fail(place, tr("A connection's number is expected here, counted from 1, as in “conn:2”."));
            values += id;
            place += number.size() + 1;
        }
        return isOneOf("connection"_L1, values);
    }

    /// `rest` is what follows "size": a sign and a number with a decimal unit.
    std::optional<Condition> size(QStringView rest, qsizetype place)
    {
        qsizetype signLength = 1;
        if (rest.size() > 1 && rest.at(0) != u':' && rest.at(1) == u'=')
            signLength = 2;
        const QStringView sign = rest.first(signLength);
        const QString comparison = sign == ":"_L1 || sign == "=="_L1 ? u"="_s : sign.toString();
        const std::optional<qint64> bytes = byteCount(rest.sliced(signLength));
        if (!bytes) {
            return fail(place + signLength, tr("A number of bytes is expected here, as in “size>500”, "
                                               "“size<=64k” or “size>1.5M”."));
        }
        // An event has words, not a payload: it has no size to compare.
        return Condition{u"size %1 ? AND kind <> ?"_s.arg(comparison), {*bytes, int(EntryKind::Event)}};
    }

    static std::optional<qint64> byteCount(QStringView text)
    {
        if (text.endsWith(u'b', Qt::CaseInsensitive))
            text.chop(1);
        double factor = 1;
        if (!text.isEmpty()) {
            const auto unit = u"kmg"_s.indexOf(text.back().toLower());
            if (unit >= 0) {
                factor = std::pow(1000.0, double(unit + 1));
                text.chop(1);
            }
        }
        const bool isNumber = !text.isEmpty() && std::all_of(text.begin(), text.end(), [](QChar c) {
            return (c >= u'0' && c <= u'9') || c == u'.';
        });
        bool ok = false;
        const double value = text.toString().toDouble(&ok) * factor;
        if (!isNumber || !ok || value > 9e15)
            return std::nullopt;
        return std::llround(value);
    }

    QString m_text;
    qsizetype m_at = 0;
    FilterError m_error;
};

} // namespace

std::variant<EntryQuery, FilterError> parseFilter(const QString &text)
{
    return Parser(text).parse();
}

} // namespace sockeye
