#include "encodings/FormDecoder.h"

#include "base/Bytes.h"
#include "encodings/JsonShape.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

constexpr qsizetype MaxFormProbe = 64 * 1024;

int formHexDigit(char c)
{
    const char lower = static_cast<char>(c | 0x20);
    if (c >= '0' && c <= '9')
        return c - '0';
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// Two hex digits stand behind the percent sign at this place.
bool isFormEscape(QByteArrayView bytes, qsizetype at)
{
    return at + 2 < bytes.size() && formHexDigit(bytes[at + 1]) >= 0 && formHexDigit(bytes[at + 2]) >= 0;
}

QByteArray formText(QByteArrayView escaped)
{
    QByteArray text;
    text.reserve(escaped.size());
    for (qsizetype i = 0; i < escaped.size(); ++i) {
        if (escaped[i] == '%' && isFormEscape(escaped, i)) {
            text += static_cast<char>(formHexDigit(escaped[i + 1]) * 16 + formHexDigit(escaped[i + 2]));
            i += 2;
        } else {
            text += escaped[i] == '+' ? ' ' : escaped[i];
        }
    }
    return text;
}

/// What a browser writes as itself, and what others leave so.
bool isFormCharacter(char c, bool isInName)
{
    const bool isWord = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    return isWord || QByteArrayView("-.*+~[]").contains(c) || (!isInName && QByteArrayView("/:,;@!$'()?").contains(c));
}

} // namespace

Certainty FormDecoder::probe(const DecodeInput &input) const
{
    const QByteArrayView bytes = QByteArrayView(input.payload).first(std::min(input.payload.size(), MaxFormProbe));
    bool isInName = true;
    qsizetype nameSize = 0;
    qsizetype pairs = 0;
    for (qsizetype at = 0; at < bytes.size(); ++at) {
        const char c = bytes[at];
        if (c == '&' && !isInName) {
            isInName = true;
            nameSize = 0;
        } else if (c == '=' && isInName && nameSize > 0) {
            isInName = false;
            ++pairs;
        } else if (isFormCharacter(c, isInName) || (c == '%' && isFormEscape(bytes, at))) {
            nameSize += isInName ? 1 : 0;
        } else {
            return Certainty::None;
        }
    }
    // One pair alone is as well a setting or the end of Base64.
    const bool isWhole = !isInName || input.payload.size() > bytes.size();
    return isWhole && pairs > 1 ? Certainty::Likely : Certainty::None;
}

namespace {

class FormReader final
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::FormDecoder)

public:
    FormReader(const QByteArray &payload, NodeBuilder &builder)
        : m_bytes(payload)
        , m_builder(builder)
    {
    }

    void read()
    {
        for (qsizetype at = 0; at < m_bytes.size() && m_builder.goOn(at);) {
            const qsizetype found = m_bytes.indexOf('&', at);
            const qsizetype end = found < 0 ? m_bytes.size() : found;
            if (end > at && !addPair(at, end))
                break;
            at = end + 1;
        }
        m_builder.setSummary(cutSummary(m_said));
    }

private:
    bool addPair(qsizetype begin, qsizetype end)
    {
        const QByteArrayView pair = m_bytes.sliced(begin, end - begin);
        for (qsizetype i = 0; i < pair.size(); ++i) {
            if (pair[i] == '%' && !isFormEscape(pair, i)) {
                m_builder.fail(begin + i, tr("Two hex digits have to stand behind a percent sign."));
                return false;
            }
            if (static_cast<uchar>(pair[i]) <= ' ' || pair[i] == '\x7f') {
                m_builder.fail(begin + i, tr("Form data has no spaces and no control characters."));
                return false;
            }
        }
        const qsizetype equals = pair.indexOf('=');
        const qsizetype nameEnd = begin + (equals < 0 ? pair.size() : equals);
        const qsizetype valueBegin = std::min(nameEnd + 1, end);
        const QString name = textFromUtf8(formText(m_bytes.sliced(begin, nameEnd - begin)));
        const QByteArrayView written = m_bytes.sliced(valueBegin, end - valueBegin);
        const QByteArray value = formText(written);
        m_builder.label(name, begin, nameEnd);
        if (value == written) {
            m_builder.addPlace(Node::Kind::String, valueBegin, end, valueBegin);
        } else if (isValidUtf8(value)) {
            m_builder.add(Node::Kind::String, valueBegin, end, textFromUtf8(value));
        } else {
            m_builder.add(Node::Kind::String, valueBegin, end, textFromUtf8(value), tr("no UTF-8"));
        }
        constexpr qsizetype MaxSaid = 200;
        if (m_said.size() < MaxSaid)
            m_said +=
                (m_said.isEmpty() ? QString() : u" "_s) + name + u'=' + textFromUtf8(value.left(MaxSaid)).simplified();
        return true;
    }

    const QByteArrayView m_bytes;
    NodeBuilder &m_builder;
    QString m_said;
};

} // namespace

void FormDecoder::decode(const DecodeInput &input, NodeBuilder &builder) const
{
    FormReader(input.payload, builder).read();
}

} // namespace sockeye
