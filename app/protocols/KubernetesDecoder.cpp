#include "protocols/KubernetesDecoder.h"

#include "base/Bytes.h"
#include "base/Units.h"
#include "encodings/JsonShape.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <optional>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

enum class KubernetesForm : quint8 {
    Bytes,  ///< a byte for the channel
    Digit,  ///< a digit, and the rest in Base64
    Stream, ///< no channel, all in Base64: a log
};

constexpr quint8 KubernetesError = 3;
constexpr quint8 KubernetesResize = 4;
constexpr quint8 KubernetesClose = 255;

std::optional<KubernetesForm> kubernetesForm(QStringView subprotocol)
{
    if (subprotocol == "base64.binary.k8s.io"_L1)
        return KubernetesForm::Stream;
    if (!subprotocol.endsWith("channel.k8s.io"_L1))
        return {};
    return subprotocol.contains("base64."_L1) ? KubernetesForm::Digit : KubernetesForm::Bytes;
}

bool isKubernetesBase64(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/' ||
           c == '=';
}

/// Where the first character stands that Base64 does not have; the size if there is none.
qsizetype kubernetesBase64End(QByteArrayView bytes, qsizetype from)
{
    return std::find_if_not(bytes.begin() + from, bytes.end(), isKubernetesBase64) - bytes.begin();
}

/// Without a subprotocol: what it looks like.
KubernetesForm guessedKubernetesForm(QByteArrayView bytes)
{
    const bool isDigit = !bytes.isEmpty() && bytes[0] >= '0' && bytes[0] <= '9';
    return isDigit && kubernetesBase64End(bytes, 1) == bytes.size() ? KubernetesForm::Digit : KubernetesForm::Bytes;
}

} // namespace

Certainty KubernetesDecoder::probe(const DecodeInput &input) const
{
    return kubernetesForm(input.subprotocol) && !input.payload.isEmpty() ? Certainty::Sure : Certainty::None;
}

namespace {

class KubernetesMessage final
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::KubernetesDecoder)

public:
    KubernetesMessage(const DecodeInput &input, NodeBuilder &builder)
        : m_bytes(input.payload)
        , m_form(kubernetesForm(input.subprotocol).value_or(guessedKubernetesForm(m_bytes)))
        , m_closesChannels(input.subprotocol.isEmpty() || input.subprotocol == "v5.channel.k8s.io"_L1)
        , m_builder(builder)
    {
    }

    void read()
    {
        if (!m_builder.goOn(0) || !m_builder.open(Node::Kind::Object, 0))
            return;
        if (m_bytes.isEmpty()) {
            m_builder.fail(0, tr("A message begins with its channel, and this one is empty."));
            return;
        }
        if (m_form != KubernetesForm::Stream && !addChannel())
            return;
        const qsizetype at = m_form == KubernetesForm::Stream ? 0 : 1;
        if (m_channel == KubernetesClose && m_closesChannels)
            addClosed(at);
        else if (m_form == KubernetesForm::Bytes)
            addData(at);
        else
            addEncoded(at);
        if (!m_builder.hasFailed())
            m_builder.close(m_bytes.size());
    }

private:
    static constexpr std::array<QLatin1StringView, 5> ChannelNames{"stdin"_L1, "stdout"_L1, "stderr"_L1, "error"_L1,
                                                                   "resize"_L1};

    [[nodiscard]] static QString nameOf(quint8 channel)
    {
        return channel < ChannelNames.size() ? QString(ChannelNames[channel]) : tr("channel %1").arg(channel);
    }

    bool addChannel()
    {
        const auto first = static_cast<quint8>(m_bytes[0]);
        if (m_form == KubernetesForm::Digit && (first < '0' || first > '9')) {
            m_builder.fail(0, tr("The channel is a digit, which this is not."));
            return false;
        }
        m_channel = m_form == KubernetesForm::Digit ? static_cast<quint8>(first - '0') : first;
        const bool isClose = m_channel == KubernetesClose && m_closesChannels;
        m_name = isClose ? tr("close") : nameOf(m_channel);
        m_builder.add(u"channel", 0, 1, m_channel, m_name);
        m_builder.setMessage(isClose                           ? "close"
                             : m_channel < ChannelNames.size() ? QByteArray(ChannelNames[m_channel].data())
                                                               : "channel " + QByteArray::number(m_channel));
        m_builder.setSummary(m_name);
        return true;
    }

    void addClosed(qsizetype at)
    {
        if (m_bytes.size() != at + 1) {
            m_builder.fail(std::min(m_bytes.size(), at + 1), tr("A close names one channel, in one byte."));
            return;
        }
        const auto closed = static_cast<quint8>(m_bytes[at]);
        m_builder.add(u"closes", at, at + 1, closed, nameOf(closed));
        m_builder.setSummary(tr("close %1").arg(nameOf(closed)));
    }

    [[nodiscard]] static bool isText(QByteArrayView bytes) { return isValidUtf8(bytes) && !bytes.contains('\0'); }

    void addData(qsizetype at)
    {
        if (at == m_bytes.size()) {
            sumUp({}, {}, 0);
            return;
        }
        const QByteArrayView data = m_bytes.sliced(at);
        sumUp(data.toByteArray(), m_builder.addInner(u"data", at, m_bytes.size(), at, isText(data)), data.size());
    }

    void addEncoded(qsizetype at)
    {
        if (at == m_bytes.size()) {
            sumUp({}, {}, 0);
            return;
        }
        const qsizetype end = kubernetesBase64End(m_bytes, at);
        if (end < m_bytes.size()) {
            m_builder.fail(end, tr("No character of Base64 stands here."));
            return;
        }
        const QByteArray data = QByteArray::fromBase64(m_bytes.sliced(at).toByteArray());
        if (!m_builder.open(u"data", Node::Kind::Object, at))
            return;
        const auto said = m_builder.addStep(u"base64"_s, data, isText(data),
                                            DigitMap(DigitMap::Digits::Base64, m_bytes, at, m_bytes.size()));
        m_builder.close(m_bytes.size());
        sumUp(data, said.value_or(QString()), data.size());
    }

    void sumUp(const QByteArray &data, const QString &said, qsizetype size)
    {
        const JsonShape shape(data);
        QString line = said.isEmpty() ? sizeText(size) : said.simplified();
        if (m_channel == KubernetesResize && shape.isObject() && shape.find("Width") && shape.find("Height"))
            line =
                QString::fromUtf8(shape.find("Width")->value) + u'×' + QString::fromUtf8(shape.find("Height")->value);
        else if (m_channel == KubernetesError && !shape.string("status").isEmpty())
            line =
                joinedSummary({QString::fromUtf8(shape.string("status")), QString::fromUtf8(shape.string("message"))});
        m_builder.setSummary(cutSummary(m_name.isEmpty() ? line : m_name + u" · "_s + line));
    }

    const QByteArrayView m_bytes;
    const KubernetesForm m_form;
    const bool m_closesChannels;
    NodeBuilder &m_builder;
    quint8 m_channel = 0;
    QString m_name;
};

} // namespace

void KubernetesDecoder::decode(const DecodeInput &input, NodeBuilder &builder) const
{
    KubernetesMessage(input, builder).read();
}

} // namespace sockeye
