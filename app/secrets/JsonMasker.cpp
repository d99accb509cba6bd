#include "secrets/JsonMasker.h"

#include "secrets/SecretShapes.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace sockeye {

namespace {

/// A longer key is no name, and a longer value none whose shape is looked at.
constexpr qsizetype LongestHeldName = 64 * 1024;
constexpr qsizetype MostKnown = 4096;
/// JSON in a string in JSON in a string.
constexpr int DeepestJsonNesting = 4;

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool endsScalar(char c)
{
    return isBlank(c) || c == ',' || c == ']' || c == '}' || c == '{' || c == '[' || c == '"' || c == ':';
}

/// The text of a JSON string's raw bytes, as UTF-8; null where it is none.
QByteArray decoded(const QByteArray &raw)
{
    if (!raw.contains('\\'))
        return raw;
    const QJsonDocument document = QJsonDocument::fromJson("[\"" + raw + "\"]");
    return document.isArray() ? document.array().first().toString().toUtf8() : QByteArray();
}

/// A text as the bytes between the quotation marks of a JSON string.
QByteArray encoded(const QByteArray &text)
{
    const QByteArray json = QJsonDocument(QJsonArray{QString::fromUtf8(text)}).toJson(QJsonDocument::Compact);
    return json.sliced(2, json.size() - 4);
}

bool isSmallOrWord(const QByteArray &scalar)
{
    if (scalar == "true" || scalar == "false" || scalar == "null")
        return true;
    bool isNumber = false;
    const double number = scalar.toDouble(&isNumber);
    return isNumber && number > -10'000 && number < 10'000;
}

bool isMasked(const QByteArray &raw)
{
    return raw.isEmpty() || raw == SecretMask;
}

} // namespace

JsonMasker::JsonMasker(std::shared_ptr<const SecretNames> names, int depth)
    : m_names(std::move(names))
    , m_depth(depth)
{
}

QByteArray JsonMasker::feed(QByteArrayView bytes)
{
    m_out.reserve(m_out.size() + bytes.size());
    for (const char c : bytes) {
        if (m_state == State::Scalar && endsScalar(c))
            endScalar();
        if (m_state == State::Scalar) {
            m_held += c;
            if (m_held.size() > LongestHeldName)
                endScalar();
        } else if (m_state == State::Between) {
            between(c);
        } else {
            inString(c);
        }
    }
    return std::exchange(m_out, QByteArray());
}

QByteArray JsonMasker::finish()
{
    if (m_state == State::Scalar)
        endScalar();
    // A string that has no end.
    if (m_state == State::Value && isSecretNow() && !isMasked(m_held))
        mask();
    else if (m_state == State::Key || m_state == State::Value)
        m_out += m_held;
    m_state = State::Between;
    m_held.clear();
    return std::exchange(m_out, QByteArray());
}

QByteArray JsonMasker::masked(const QByteArray &json, const std::shared_ptr<const SecretNames> &names, qint64 &count,
                              int depth)
{
    JsonMasker masker(names, depth);
    QByteArray result = masker.feed(json);
    result += masker.finish();
    count += masker.count();
    return masker.count() > 0 ? result : json;
}

void JsonMasker::between(char c)
{
    switch (c) {
    case '{':
    case '[':
        m_levels.append({c == '{', isSecretNow()});
        m_isKeyNext = c == '{';
        m_isNamedSecret = false;
        break;
    case '}':
    case ']':
        if (!m_levels.isEmpty())
            m_levels.removeLast();
        m_isKeyNext = false;
        m_isNamedSecret = false;
        break;
    case ',':
        m_isKeyNext = !m_levels.isEmpty() && m_levels.constLast().isObject;
        m_isNamedSecret = false;
        break;
    case ':':
        m_isKeyNext = false;
        break;
    case '"':
        // Outside of JSON a quotation mark is text.
        if (!m_levels.isEmpty())
            m_state = m_isKeyNext ? State::Key : State::Value;
        break;
    default:
        if (!isBlank(c) && !m_levels.isEmpty() && !m_isKeyNext) {
            m_state = State::Scalar;
            m_held = QByteArray(1, c);
            return;
        }
    }
    m_out += c;
}

void JsonMasker::inString(char c)
{
    if (c == '"' && !m_isEscaped) {
        endString();
        return;
    }
    m_isEscaped = c == '\\' && !m_isEscaped;
    if (m_state == State::Passing)
        m_out += c;
    else if (m_state != State::Swallowing)
        m_held += c;
    if (m_held.size() <= LongestHeldName)
        return;
    // Too long to be held: it is masked for its name only.
    if (m_state == State::Value && isSecretNow()) {
        mask();
        m_state = State::Swallowing;
    } else {
        m_out += m_held;
        m_state = State::Passing;
    }
    m_held.clear();
}

void JsonMasker::endString()
{
    if (m_state == State::Key) {
        m_isNamedSecret = isSecretName(m_held);
        m_out += m_held;
        m_isKeyNext = false;
    } else if (m_state == State::Value) {
        if (isMasked(m_held))
            m_out += m_held;
        else if (isSecretNow() || isSecretValue(m_held))
            mask();
        else
            m_out += maskedInner(m_held);
    }
    m_out += '"';
    m_held.clear();
    m_state = State::Between;
}

void JsonMasker::endScalar()
{
    if (isSecretNow() && !isSmallOrWord(m_held)) {
        m_out += '"';
        mask();
        m_out += '"';
    } else {
        m_out += m_held;
    }
    m_held.clear();
    m_state = State::Between;
}

void JsonMasker::mask()
{
    m_out += SecretMask;
    ++m_count;
}

bool JsonMasker::isSecretNow() const
{
    return m_isNamedSecret || (!m_levels.isEmpty() && m_levels.constLast().isSecret);
}

bool JsonMasker::isSecretName(const QByteArray &raw)
{
    const auto known = m_known.constFind(raw);
    if (known != m_known.cend())
        return *known;
    const bool isSecret = m_names->isSecret(decoded(raw));
    if (m_known.size() < MostKnown)
        m_known.insert(raw, isSecret);
    return isSecret;
}

QByteArray JsonMasker::maskedInner(const QByteArray &raw)
{
    const bool mayBeJson = raw.startsWith('{') || raw.startsWith('[');
    if (!mayBeJson || m_depth >= DeepestJsonNesting)
        return raw;
    const QByteArray text = decoded(raw);
    qint64 count = 0;
    const QByteArray inner = masked(text, m_names, count, m_depth + 1);
    m_count += count;
    return count > 0 ? encoded(inner) : raw;
}

} // namespace sockeye
