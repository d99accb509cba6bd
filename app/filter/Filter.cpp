#include "filter/Filter.h"

#include "filter/FilterLexer.h"
#include "filter/FilterParser.h"

namespace sockeye {

std::variant<EntryQuery, FilterError> parseFilter(const QString &text, const FilterContext &context)
{
    std::variant<filter::Condition, FilterError> parsed = filter::parse(text, context);
    if (auto *error = std::get_if<FilterError>(&parsed))
        return std::move(*error);
    return EntryQuery{std::get<filter::Condition>(std::move(parsed))};
}

std::variant<EntryQuery, FilterError> parseFilter(const QString &text)
{
    return parseFilter(text, FilterContext());
}

QList<FilterSpan> filterSpans(const QString &text)
{
    using filter::Token;
    QList<FilterSpan> spans;
    filter::Lexer lexer(text);
    for (Token token = lexer.next(); token.type != Token::Type::End; token = lexer.next()) {
        const qsizetype length = token.end - token.begin;
        if (token.type == Token::Type::Keyed)
            spans.append({token.begin, token.valueBegin - token.begin, FilterSpan::Kind::Key});
        else if (token.type == Token::Type::Regex || token.isQuoted)
            spans.append({token.begin, length, FilterSpan::Kind::Words});
        else if (token.type != Token::Type::Words && token.type != Token::Type::Bad)
            spans.append({token.begin, length, FilterSpan::Kind::Operator});
    }
    return spans;
}

} // namespace sockeye
