#include "filter/FilterValueTerm.h"

#include "search/FieldPath.h"
#include "search/JsonPath.h"

#include <QCoreApplication>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace sockeye::filter {

namespace {

/// Reads "$.data[0].price>100": a path, a sign and a value. Of fields a path may begin with a name, and stand for any
/// element or member.
class ValueTermReader final
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::Filter)

public:
    ValueTermReader(QStringView text, qsizetype place, bool isField)
        : m_text(text)
        , m_place(place)
        , m_isField(isField)
    {
    }

    template<typename Path, typename Term>
    std::variant<Condition, FilterError> read()
    {
        Term term;
        if (!path() || !sign(term.sign))
            return m_error;
        term.path = m_text.first(m_pathEnd).toString();
        // Whoever reads the payloads has the last word.
        if (const auto parsed = Path::parse(term.path); !parsed)
            return FilterError{parsed.message(), m_place};
        if (term.sign != ValueSign::Exists && !value(term.sign, term.value))
            return m_error;
        return Condition::of(term);
    }

private:
    [[nodiscard]] QChar current() const { return m_at < m_text.size() ? m_text.at(m_at) : QChar(); }

    bool fail(qsizetype at, const QString &message)
    {
        m_error = {message, m_place + at};
        return false;
    }

    bool path()
    {
        if (current() == u'$') {
            ++m_at;
        } else if (!m_isField) {
            return fail(0, tr("A path that begins with $ is expected here, as in “json:$.data.price>100”."));
        } else if (current() != u'[' && !name()) {
            return fail(0, tr("A field's name is expected here, or a path that begins with $, as in "
                              "“field:$.params.id=7”."));
        }
        while (current() == u'.' || current() == u'[') {
            if (!(current() == u'.' ? member() : subscript()))
                return false;
        }
        m_pathEnd = m_at;
        return true;
    }

    bool name()
    {
        const qsizetype begin = m_at;
        if (m_isField && current() == u'*') {
            ++m_at;
            return true;
        }
        while (current().isLetterOrNumber() || current() == u'_' || current() == u'-' || current() == u'$' ||
               current() == u'@')
            ++m_at;
        return m_at > begin;
    }

    /// .name
    bool member()
    {
        const qsizetype begin = ++m_at;
        return name() || fail(begin, tr("A member's name is expected here, as in “$.data.price”. One with other "
                                        "characters stands in brackets: “$[\"my key\"]”."));
    }

    /// [3] or ["any name"]
    bool subscript()
    {
        const qsizetype begin = ++m_at;
        if (current() == u'"') {
            for (++m_at; m_at < m_text.size() && current() != u'"'; ++m_at)
                m_at += current() == u'\\' ? 1 : 0;
            ++m_at;
        } else if (m_isField && current() == u'*') {
            ++m_at;
        } else {
            while (current() >= u'0' && current() <= u'9' && m_at - begin < 9)
                ++m_at;
        }
        if (m_at == begin || current() != u']')
            return fail(qMin(m_at, m_text.size()), tr("A number or a name between quotation marks is expected in the "
                                                      "brackets, and then ], as in “$.list[0]”."));
        ++m_at;
        return true;
    }

    bool sign(ValueSign &sign)
    {
        struct Name
        {
            QStringView text;
            ValueSign sign;
        };
        static constexpr std::array signs{Name{u"==", ValueSign::Equal},   Name{u"=", ValueSign::Equal},
                                          Name{u"!=", ValueSign::Unequal}, Name{u"<=", ValueSign::LessOrEqual},
                                          Name{u"<", ValueSign::Less},     Name{u">=", ValueSign::GreaterOrEqual},
                                          Name{u">", ValueSign::Greater},  Name{u"~", ValueSign::Contains}};
        if (m_at >= m_text.size()) {
            sign = ValueSign::Exists;
            return true;
        }
        for (const Name &name : signs) {
            if (!m_text.sliced(m_at).startsWith(name.text))
                continue;
            sign = name.sign;
            m_at += name.text.size();
            return true;
        }
        return fail(m_at, tr("After the path one of = != < <= > >= ~ is expected, or the end of the condition."));
    }

    bool value(ValueSign sign, WantedValue &wanted)
    {
        static const QRegularExpression number(u"^-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?$"_s);
        const QStringView text = m_text.sliced(m_at);
        if (text.isEmpty())
            return fail(m_at, tr("A value is missing here: a number, words, true or false."));
        if (text.front() == u'"')
            return quoted(text, wanted);
        if (text == u"null")
            return fail(m_at, tr("Nothing is compared with null. For “there is no such value”, negate the path alone: "
                                 "“-json:$.data”."));
        const bool comparesText = sign == ValueSign::Contains;
        if (!comparesText && (text == u"true" || text == u"false"))
            wanted = JsonNumber{text == u"true" ? "1" : "0"};
        else if (!comparesText && number.match(text.toString()).hasMatch())
            wanted = JsonNumber{text.toLatin1()};
        else
            wanted = text.toString();
        return true;
    }

    bool quoted(QStringView text, WantedValue &wanted)
    {
        QString words;
        qsizetype i = 1;
        for (; i < text.size() && text.at(i) != u'"'; ++i) {
            const bool isEscape = text.at(i) == u'\\' && i + 1 < text.size() && u"\"\\"_s.contains(text.at(i + 1));
            words += isEscape ? text.at(++i) : text.at(i);
        }
        if (i + 1 != text.size())
            return fail(m_at + qMin(i + 1, text.size()), tr("After the closing quotation mark a space is expected."));
        wanted = words;
        return true;
    }

    QStringView m_text;
    qsizetype m_place;
    bool m_isField;
    qsizetype m_at = 0;
    qsizetype m_pathEnd = 0;
    FilterError m_error;
};

} // namespace

std::variant<Condition, FilterError> jsonTerm(QStringView text, qsizetype place)
{
    return ValueTermReader(text, place, false).read<JsonPath, JsonValueIs>();
}

std::variant<Condition, FilterError> fieldTerm(QStringView text, qsizetype place)
{
    return ValueTermReader(text, place, true).read<FieldPath, FieldIs>();
}

} // namespace sockeye::filter
