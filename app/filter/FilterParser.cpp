#include "filter/FilterParser.h"

#include "filter/FilterLexer.h"
#include "filter/FilterTerms.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

namespace sockeye::filter {

namespace {

/// Recursive descent over
///
///     any     = all { "or" all }
///     all     = unary { [ "and" ] unary }
///     unary   = { "-" | "not" } primary
///     primary = "(" any ")" | term
///
/// The first thing that cannot be understood ends it.
class Parser final
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::Filter)

public:
    Parser(const QString &line, const FilterContext &context)
        : m_line(line)
        , m_context(context)
        , m_lexer(m_line)
        , m_token(m_lexer.next())
    {
    }

    std::variant<Node, FilterError> parse()
    {
        if (m_token.type == Token::Type::End)
            return Node();
        std::optional<Node> node = any();
        if (node && m_token.type == Token::Type::Close)
            fail(m_token.begin, tr("There is no open parenthesis that this one could close. To search for it, put it "
                                   "in quotation marks."));
        if (m_error)
            return *m_error;
        return std::move(*node);
    }

private:
    std::nullopt_t fail(qsizetype position, const QString &message)
    {
        if (!m_error)
            m_error = FilterError{message, position};
        return std::nullopt;
    }

    void advance() { m_token = m_lexer.next(); }

    static Node joined(Node::Type type, std::vector<Node> parts)
    {
        if (parts.size() == 1)
            return std::move(parts.front());
        return {type, std::move(parts), {}};
    }

    std::optional<Node> any()
    {
        std::vector<Node> parts;
        for (;;) {
            std::optional<Node> part = all();
            if (!part)
                return std::nullopt;
            parts.push_back(std::move(*part));
            if (m_token.type != Token::Type::Or)
                return joined(Node::Type::Any, std::move(parts));
            advance();
        }
    }

    [[nodiscard]] bool endsAll() const
    {
        return m_token.type == Token::Type::End || m_token.type == Token::Type::Close ||
               m_token.type == Token::Type::Or;
    }

    std::optional<Node> all()
    {
        std::vector<Node> parts;
        do {
            if (m_token.type == Token::Type::And && !parts.empty())
                advance();
            std::optional<Node> part = unary();
            if (!part)
                return std::nullopt;
            parts.push_back(std::move(*part));
        } while (!endsAll());
        return joined(Node::Type::All, std::move(parts));
    }

    std::optional<Node> unary()
    {
        if (m_token.type != Token::Type::Minus && m_token.type != Token::Type::Not)
            return primary();
        if (++m_depth > MaxDepth)
            return tooDeep();
        advance();
        std::optional<Node> part = unary();
        --m_depth;
        if (!part)
            return std::nullopt;
        Node node{Node::Type::Not, {}, {}};
        node.parts.push_back(std::move(*part));
        return node;
    }

    std::nullopt_t tooDeep()
    {
        return fail(m_token.begin, tr("Parentheses and “not” lie too deep within each other here. Write a simpler "
                                      "filter."));
    }

    std::optional<Node> primary()
    {
        switch (m_token.type) {
        case Token::Type::Open:
            return group();
        case Token::Type::Words:
        case Token::Type::Regex:
        case Token::Type::Keyed:
            return term();
        case Token::Type::Bad:
            return fail(m_token.error.position, m_token.error.message);
        case Token::Type::And:
        case Token::Type::Or:
            return fail(m_token.begin,
                        tr("Before “%1” a condition is missing. To search for the word, put it in "
                           "quotation marks.")
                            .arg(QStringView(m_line).sliced(m_token.begin, m_token.end - m_token.begin)));
        default:
            return fail(m_token.begin, tr("A condition is missing here. To search for “and”, “or” or “not”, put the "
                                          "word in quotation marks."));
        }
    }

    std::optional<Node> group()
    {
        const qsizetype open = m_token.begin;
        if (++m_depth > MaxDepth)
            return tooDeep();
        advance();
        if (m_token.type == Token::Type::Close)
            return fail(open, tr("There is nothing between the parentheses."));
        std::optional<Node> inner = any();
        if (!inner)
            return std::nullopt;
        if (m_token.type != Token::Type::Close)
            return fail(open, tr("The parenthesis is not closed. Type ) where what belongs together ends."));
        --m_depth;
        advance();
        return inner;
    }

    std::optional<Node> term()
    {
        std::variant<Node, FilterError> made = termOf(m_token, m_line, m_context);
        if (const auto *error = std::get_if<FilterError>(&made))
            return fail(error->position, error->message);
        auto &node = std::get<Node>(made);
        m_terms += weight(node);
        if (m_terms > MaxTerms)
            return fail(m_token.begin,
                        tr("There are more than %1 conditions in this filter. Write a shorter one.").arg(MaxTerms));
        advance();
        return std::move(node);
    }

    /// Each value of a list counts.
    static int weight(const Node &node)
    {
        const auto *numbers = std::get_if<NumberIn>(&node.term);
        const auto *rules = std::get_if<BrokeRule>(&node.term);
        return int(std::max<qsizetype>({numbers ? numbers->any.size() : 1, rules ? rules->any.size() : 1, 1}));
    }

    const QString &m_line;
    const FilterContext &m_context;
    Lexer m_lexer;
    Token m_token;
    std::optional<FilterError> m_error;
    int m_depth = 0;
    int m_terms = 0;
};

} // namespace

std::variant<Node, FilterError> parse(const QString &line, const FilterContext &context)
{
    if (line.size() > MaxLength) {
        return FilterError{
            QCoreApplication::translate("sockeye::Filter", "A filter may have %1 characters at most.").arg(MaxLength),
            MaxLength};
    }
    return Parser(line, context).parse();
}

} // namespace sockeye::filter
