#include "search/JsonPath.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

namespace sockeye {

namespace {

struct JsonPathWords
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::JsonPath)

public:
    static Error noRoot() { return Error{tr("It must begin with “$”, as in $.data[0].price.")}; }
    static Error noName() { return Error{tr("A name is missing after “.”.")}; }
    static Error badIndex() { return Error{tr("Between “[” and “]” stands a number from 0 on, or a name in quotes.")}; }
    static Error noStep(QChar c) { return Error{tr("“.” or “[” is expected where “%1” stands.").arg(c)}; }
};

constexpr int MaxIndexDigits = 9;

bool endsName(QChar c)
{
    return c == u'.' || c == u'[' || c == u']';
}

/// The length of a JSON string with its quotes at the start of the text; 0 if it does not end.
qsizetype quotedSize(QStringView text)
{
    for (qsizetype i = 1; i < text.size(); ++i) {
        if (text[i] == u'\\')
            ++i;
        else if (text[i] == u'"')
            return i + 1;
    }
    return 0;
}

/// One step off the text: `.name`, `[3]` or `["name"]`.
Result<JsonPath::Step> takeName(QStringView &text)
{
    const auto end = std::find_if(text.begin() + 1, text.end(), endsName);
    const QStringView name = text.sliced(1, end - text.begin() - 1);
    if (name.isEmpty())
        return JsonPathWords::noName();
    text = text.sliced(end - text.begin());
    return JsonPath::Step(name.toUtf8());
}

Result<JsonPath::Step> takeQuoted(QStringView &text)
{
    const QStringView quoted = text.sliced(1, quotedSize(text.sliced(1)));
    const QJsonArray parsed = QJsonDocument::fromJson('[' + quoted.toUtf8() + ']').array();
    const qsizetype after = quoted.size() + 1;
    if (quoted.isEmpty() || parsed.size() != 1 || after >= text.size() || text[after] != u']')
        return JsonPathWords::badIndex();
    text = text.sliced(after + 1);
    return JsonPath::Step(parsed[0].toString().toUtf8());
}

Result<JsonPath::Step> takeIndex(QStringView &text)
{
    const qsizetype end = text.indexOf(u']');
    const QStringView digits = text.sliced(1, std::max<qsizetype>(end - 1, 0));
    const auto isDigit = [](QChar c) { return c >= u'0' && c <= u'9'; };
    if (digits.isEmpty() || digits.size() > MaxIndexDigits || !std::all_of(digits.begin(), digits.end(), isDigit))
        return JsonPathWords::badIndex();
    text = text.sliced(end + 1);
    return JsonPath::Step(digits.toLongLong());
}

} // namespace

Result<JsonPath::Step> JsonPath::takeStep(QStringView &text)
{
    if (text[0] == u'.')
        return takeName(text);
    if (text[0] != u'[')
        return JsonPathWords::noStep(text[0]);
    return text.size() > 1 && text[1] == u'"' ? takeQuoted(text) : takeIndex(text);
}

Result<JsonPath> JsonPath::parse(QStringView text)
{
    if (!text.startsWith(u'$'))
        return JsonPathWords::noRoot();
    JsonPath path;
    for (text = text.sliced(1); !text.isEmpty();) {
        Result<Step> step = takeStep(text);
        if (!step)
            return step.error();
        path.m_steps.push_back(std::move(step).value());
    }
    return path;
}

} // namespace sockeye
