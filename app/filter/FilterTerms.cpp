#include "filter/FilterTerms.h"

#include "filter/FilterNumberTerm.h"
#include "filter/FilterValueTerm.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace sockeye::filter {

namespace {

using Made = std::variant<Condition, FilterError>;

struct FilterTermsWords
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::Filter)

public:
    static QString colonExpected(QStringView key)
    {
        return tr("After “%1” a colon is expected, as in “%1:”.").arg(key);
    }
    static QString valueMissing(const QString &known)
    {
        return tr("A value is missing here. Known are %1.").arg(known);
    }
    static QString unknownValue(FilterKey key, QStringView name, const QString &known)
    {
        switch (key) {
        case FilterKey::Dir:
            return tr("“%1” is no direction. Known are %2.").arg(name, known);
        case FilterKey::Type:
            return tr("“%1” is no type of entry. Known are %2.").arg(name, known);
        default:
            return tr("“%1” is nothing that an entry can have. Known are %2.").arg(name, known);
        }
    }
    static QString badRegex(const QString &reason) { return tr("This is no regular expression: %1.").arg(reason); }
    static QString hexExpected() { return tr("Hex digits are expected here, as in “hex:de??ad”; ? stands for any."); }
    static QString halfByte() { return tr("A byte has two hex digits; the second of the last one is missing."); }
    static QString wordsExpected(FilterKey key)
    {
        return tr("Words are expected here, as in “%1”; several stand between quotation marks.").arg(exampleOf(key));
    }
    static QLatin1StringView exampleOf(FilterKey key)
    {
        switch (key) {
        case FilterKey::Topic:
            return "topic:sensors/+"_L1;
        case FilterKey::Msg:
            return "msg:PUBLISH"_L1;
        case FilterKey::Shape:
            return "shape:1a2b3c4d"_L1;
        default:
            return "proto:mqtt"_L1;
        }
    }
    static QString quoteEnds() { return tr("After the closing quotation mark a comma or a space is expected."); }
    static QString ruleExpected() { return tr("A rule's name is expected here, as in “rule:frame.rsv”."); }
};

Made containsWords(const Token &token)
{
    const bool caseCounts = std::any_of(token.text.begin(), token.text.end(), [](QChar c) { return c.isUpper(); });
    return Condition::of(Contains{token.text.toUtf8(), caseCounts});
}

Made regex(const Token &token)
{
    const QRegularExpression expression(token.text);
    if (!expression.isValid())
        return FilterError{FilterTermsWords::badRegex(expression.errorString()),
                           token.begin + 1 + qBound(qsizetype(0), expression.patternErrorOffset(), token.text.size())};
    return Condition::of(MatchesRegex{token.text, token.foldCase});
}

/// The values of a list of known words.
std::variant<QList<int>, FilterError> knownValues(const FilterKeyInfo &info, QStringView list, qsizetype place)
{
    QList<int> values;
    for (const QStringView name : list.split(u',')) {
        const auto found = std::find_if(info.values.begin(), info.values.end(), [name](const FilterValue &value) {
            return name.compare(value.name, Qt::CaseInsensitive) == 0;
        });
        if (name.isEmpty())
            return FilterError{FilterTermsWords::valueMissing(listed(info.values)), place};
        if (found == info.values.end())
            return FilterError{FilterTermsWords::unknownValue(info.key, name, listed(info.values)), place};
        if (!values.contains(found->value))
            values += found->value;
        place += name.size() + 1;
    }
    return values;
}

template<typename Enum>
QList<Enum> as(const QList<int> &values)
{
    QList<Enum> result;
    for (const int value : values)
        result += static_cast<Enum>(value);
    return result;
}

Made words(const FilterKeyInfo &info, QStringView value, qsizetype place)
{
    const auto values = knownValues(info, value, place);
    if (const auto *error = std::get_if<FilterError>(&values))
        return *error;
    const auto &known = std::get<QList<int>>(values);
    if (info.key == FilterKey::Dir)
        return Condition::of(DirectionIs{as<Direction>(known)});
    if (info.key == FilterKey::Type)
        return Condition::of(KindIs{as<EntryKind>(known)});
    return Condition::of(HasFeature{as<FilterFeature>(known)});
}

Made hex(QStringView value, qsizetype place)
{
    if (value.size() >= 2 && value.front() == u'"' && value.back() == u'"') {
        value = value.sliced(1).chopped(1);
        ++place;
    }
    QString pattern;
    for (qsizetype i = 0; i < value.size(); ++i) {
        const QChar c = value.at(i).toLower();
        if (c == u' ' && pattern.size() % 2 == 0)
            continue;
        if ((c < u'0' || c > u'9') && (c < u'a' || c > u'f') && c != u'?')
            return FilterError{FilterTermsWords::hexExpected(), place + i};
        pattern += c;
    }
    if (pattern.isEmpty())
        return FilterError{FilterTermsWords::hexExpected(), place};
    if (pattern.size() % 2 != 0)
        return FilterError{FilterTermsWords::halfByte(), place + value.size()};
    return Condition::of(HoldsBytes{pattern});
}

Made rule(QStringView value, qsizetype place)
{
    BrokeRule broke;
    for (const QStringView name : value.split(u',')) {
        for (qsizetype i = 0; i < name.size(); ++i) {
            const QChar c = name.at(i);
            if (!c.isLetterOrNumber() && !u".-_"_s.contains(c))
                return FilterError{FilterTermsWords::ruleExpected(), place + i};
        }
        if (name.isEmpty())
            return FilterError{FilterTermsWords::ruleExpected(), place};
        broke.any += name.toString();
        place += name.size() + 1;
    }
    return Condition::of(broke);
}

/// One word of a list, with or without quotation marks, at `at`, which then is behind it; none if a mark is not where
/// it belongs.
std::optional<QString> listedWord(QStringView list, qsizetype &at)
{
    QString word;
    if (at >= list.size() || list.at(at) != u'"') {
        for (; at < list.size() && list.at(at) != u','; ++at)
            word += list.at(at);
        return word;
    }
    for (++at; at < list.size() && list.at(at) != u'"'; ++at) {
        const bool isEscape = list.at(at) == u'\\' && at + 1 < list.size() && u"\"\\"_s.contains(list.at(at + 1));
        word += isEscape ? list.at(++at) : list.at(at);
    }
    ++at;
    return at < list.size() && list.at(at) != u',' ? std::nullopt : std::optional(word);
}

/// "PUBLISH,SUBSCRIBE", "\"sensors/+\""
Made messageWords(const FilterKeyInfo &info, QStringView value, qsizetype place)
{
    MessageIs term{info.key, {}};
    for (qsizetype at = 0; at <= value.size(); ++at) {
        const qsizetype begin = at;
        const std::optional<QString> word = listedWord(value, at);
        if (!word)
            return FilterError{FilterTermsWords::quoteEnds(), place + at};
        if (word->isEmpty())
            return FilterError{FilterTermsWords::wordsExpected(info.key), place + begin};
        term.any += *word;
    }
    return Condition::of(term);
}

Made keyed(const Token &token, QStringView line, const FilterContext &context)
{
    const FilterKeyInfo &info = filterKeyInfo(token.key);
    const QStringView sign = line.sliced(token.signBegin, token.valueBegin - token.signBegin);
    const QStringView value = line.sliced(token.valueBegin, token.end - token.valueBegin);
    if (info.compares)
        return numberTerm({token.key, sign, value, token.valueBegin}, context);
    if (sign != u':')
        return FilterError{FilterTermsWords::colonExpected(
                               line.sliced(token.begin, token.signBegin - token.begin).toString().toLower()),
                           token.signBegin};
    switch (token.key) {
    case FilterKey::Hex:
        return hex(value, token.valueBegin);
    case FilterKey::Json:
        return jsonTerm(value, token.valueBegin);
    case FilterKey::Field:
        return fieldTerm(value, token.valueBegin);
    case FilterKey::Proto:
    case FilterKey::Msg:
    case FilterKey::Topic:
    case FilterKey::Shape:
        return messageWords(info, value, token.valueBegin);
    case FilterKey::Rule:
        return rule(value, token.valueBegin);
    default:
        return words(info, value, token.valueBegin);
    }
}

} // namespace

Made termOf(const Token &token, QStringView line, const FilterContext &context)
{
    switch (token.type) {
    case Token::Type::Keyed:
        return keyed(token, line, context);
    case Token::Type::Regex:
        return regex(token);
    default:
        return containsWords(token);
    }
}

} // namespace sockeye::filter
