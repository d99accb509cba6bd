#include "protocols/JupyterDecoder.h"

#include "base/Bytes.h"
#include "decode/ByteCursor.h"
#include "decode/JsonNodes.h"
#include "encodings/JsonTexts.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <optional>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

/// Of a message in parts; what comes after them are buffers.
constexpr std::array<QStringView, 5> JupyterParts{u"channel", u"header", u"parent_header", u"metadata", u"content"};
/// More offsets than that are not a message's.
constexpr quint64 MaxJupyterOffsets = 100'000;

bool isJupyterV1(QStringView subprotocol)
{
    return subprotocol == "v1.kernel.websocket.jupyter.org"_L1;
}

bool isJupyterChannel(QByteArrayView text)
{
    return isOneOf(text, {"shell", "iopub", "stdin", "control"});
}

/// Offsets at the beginning of a message: a count and as many places, each in four or eight bytes.
struct JupyterOffsets
{
    qsizetype width = 0;
    bool isBigEndian = false;
    quint64 count = 0;
    std::vector<qsizetype> places;
    /// Where the fault is if they do not fit the message; -1 for none.
    qsizetype fault = -1;

    [[nodiscard]] bool fits() const { return fault < 0; }
    [[nodiscard]] qsizetype end() const { return width * (1 + static_cast<qsizetype>(count)); }
};

JupyterOffsets jupyterOffsets(QByteArrayView bytes, qsizetype width, bool isBigEndian, quint64 least)
{
    JupyterOffsets offsets{width, isBigEndian, 0, {}, -1};
    ByteCursor cursor(bytes);
    const auto number = [&]() -> std::optional<quint64> {
        if (isBigEndian)
            return cursor.big<quint32>();
        return cursor.little<quint64>();
    };
    const auto count = number();
    const auto room = static_cast<quint64>(bytes.size() / width);
    if (!count || *count < least || *count > MaxJupyterOffsets || *count >= room) {
        offsets.fault = count ? 0 : bytes.size();
        return offsets;
    }
    offsets.count = *count;
    auto last = static_cast<quint64>(offsets.end());
    for (quint64 i = 0; i < *count; ++i) {
        const qsizetype at = cursor.at();
        const quint64 place = number().value_or(0);
        const bool isFirst = i == 0;
        if ((isFirst && place != last) || place < last || place > static_cast<quint64>(bytes.size())) {
            offsets.fault = at;
            return offsets;
        }
        offsets.places.push_back(static_cast<qsizetype>(place));
        last = place;
    }
    return offsets;
}

/// Of the subprotocol: the last offset is the message's end.
JupyterOffsets jupyterV1Offsets(QByteArrayView bytes)
{
    JupyterOffsets offsets = jupyterOffsets(bytes, 8, false, JupyterParts.size() + 1);
    if (offsets.fits() && offsets.places.back() != bytes.size())
        offsets.fault = offsets.end() - offsets.width;
    return offsets;
}

/// JSON with buffers behind it.
JupyterOffsets jupyterBufferOffsets(QByteArrayView bytes)
{
    return jupyterOffsets(bytes, 4, true, 1);
}

bool isJupyterJson(QByteArrayView bytes)
{
    const JsonShape shape(bytes);
    return shape.isObject() && shape.fits() && shape.has("header", Node::Kind::Object) &&
           shape.has("parent_header", Node::Kind::Object) &&
           (shape.has("content", Node::Kind::Object) || !shape.isWhole()) &&
           (shape.find("channel") || shape.find("metadata"));
}

} // namespace

Certainty JupyterDecoder::probe(const DecodeInput &input) const
{
    const QByteArrayView bytes(input.payload);
    if (isJupyterV1(input.subprotocol))
        return bytes.isEmpty() ? Certainty::None : Certainty::Sure;
    if (bytes.startsWith('{'))
        return isJupyterJson(bytes) ? Certainty::Sure : Certainty::None;
    if (input.isText || bytes.size() < 16)
        return Certainty::None;
    if (bytes[0] != 0) {
        const JupyterOffsets offsets = jupyterV1Offsets(bytes);
        if (!offsets.fits())
            return Certainty::None;
        const QByteArrayView channel = bytes.sliced(offsets.places[0], offsets.places[1] - offsets.places[0]);
        return isJupyterChannel(channel) ? Certainty::Sure : Certainty::None;
    }
    const JupyterOffsets offsets = jupyterBufferOffsets(bytes);
    if (!offsets.fits())
        return Certainty::None;
    const qsizetype end = offsets.places.size() > 1 ? offsets.places[1] : bytes.size();
    return isJupyterJson(bytes.sliced(offsets.places[0], end - offsets.places[0])) ? Certainty::Sure : Certainty::None;
}

namespace {

class JupyterMessage final
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::JupyterDecoder)

public:
    JupyterMessage(const DecodeInput &input, NodeBuilder &builder)
        : m_bytes(input.payload)
        , m_builder(builder)
    {
    }

    void readParts()
    {
        const JupyterOffsets offsets = jupyterV1Offsets(m_bytes);
        if (!begin(offsets, u"offset count"))
            return;
        const auto places = offsets.places;
        for (size_t i = 0; i + 1 < places.size(); ++i) {
            if (!m_builder.goOn(places[i]))
                return;
            if (i < JupyterParts.size()) {
                if (!addPart(i, places[i], places[i + 1]))
                    return;
                continue;
            }
            if (i == JupyterParts.size() && !m_builder.open(u"buffers", Node::Kind::Array, places[i]))
                return;
            addBuffer(places[i], places[i + 1]);
        }
        if (places.size() > JupyterParts.size() + 1)
            m_builder.close(m_bytes.size());
        end(JsonView(m_builder.tree(), m_root));
    }

    void readBuffers()
    {
        const JupyterOffsets offsets = jupyterBufferOffsets(m_bytes);
        if (!begin(offsets, u"buffer count"))
            return;
        const auto places = offsets.places;
        const qsizetype jsonEnd = places.size() > 1 ? places[1] : m_bytes.size();
        const qint32 message = m_builder.tree().size();
        m_builder.label(u"message");
        if (!addJsonOrFail(m_builder, m_bytes, places[0], jsonEnd))
            return;
        if (places.size() > 1) {
            if (!m_builder.open(u"buffers", Node::Kind::Array, jsonEnd))
                return;
            for (size_t i = 1; i < places.size(); ++i) {
                if (!m_builder.goOn(places[i]))
                    return;
                addBuffer(places[i], i + 1 < places.size() ? places[i + 1] : m_bytes.size());
            }
            m_builder.close(m_bytes.size());
        }
        end(JsonView(m_builder.tree(), message));
    }

    /// What the message in this object says.
    static QString line(NodeBuilder &builder, const JsonView &message)
    {
        const JsonView content = message.member(u"content");
        const QString type = message.member(u"header").member(u"msg_type").text();
        if (type.isEmpty())
            return {};
        const QString channel = message.member(u"channel").text();
        tellFacts(builder, message, type.toUtf8());
        // What a kernel tells everybody comes on iopub, which needs no word.
        const QString head = channel.isEmpty() || channel == "iopub"_L1 ? type : type + u' ' + channel;
        return joinedSummary({head, said(type, content)});
    }

private:
    static void tellFacts(NodeBuilder &builder, const JsonView &message, const QByteArray &type)
    {
        using Role = MessageFacts::Exchange::Role;
        builder.setMessage(type, {}, message.member(u"channel").text().toUtf8());
        const bool isReply = type.endsWith("_reply");
        const JsonView header = message.member(isReply ? u"parent_header" : u"header");
        const QByteArray id = header.member(u"msg_id").text().toUtf8();
        if (id.isEmpty())
            return;
        const QString status = message.member(u"content").member(u"status").text();
        const bool isError = status == "error"_L1 || status == "aborted"_L1 || status == "abort"_L1;
        if (isReply)
            builder.addExchange(isError ? Role::Fails : Role::Answers, id);
        else if (type.endsWith("_request"))
            builder.addExchange(Role::Asks, id, type);
    }

    static QString said(const QString &type, const JsonView &content)
    {
        const auto text = [&content](QStringView name) { return content.member(name).text().simplified(); };
        if (type == "execute_request"_L1 || type == "execute_input"_L1 || type == "complete_request"_L1 ||
            type == "inspect_request"_L1 || type == "is_complete_request"_L1)
            return text(u"code");
        if (type == "stream"_L1)
            return text(u"name") + u' ' + text(u"text");
        if (type == "status"_L1)
            return text(u"execution_state");
        if (type == "error"_L1)
            return text(u"ename") + u": "_s + text(u"evalue");
        if (type == "execute_result"_L1 || type == "display_data"_L1 || type == "update_display_data"_L1) {
            const QString plain = content.member(u"data").member(u"text/plain").text().simplified();
            return plain.isEmpty() ? content.member(u"data").brief() : plain;
        }
        if (type == "input_request"_L1)
            return text(u"prompt");
        if (type == "comm_open"_L1)
            return text(u"target_name");
        if (type == "comm_msg"_L1)
            return content.member(u"data").member(u"method").text();
        if (type.endsWith("_reply"_L1)) {
            const QString error = text(u"ename");
            return error.isEmpty() ? text(u"status") : text(u"status") + u' ' + error;
        }
        return {};
    }

    /// The offsets, with what each is that of.
    bool begin(const JupyterOffsets &offsets, QStringView countLabel)
    {
        m_root = m_builder.tree().size();
        if (!m_builder.goOn(0) || !m_builder.open(Node::Kind::Object, 0))
            return false;
        if (!offsets.fits()) {
            m_builder.fail(offsets.fault,
                           m_bytes.size() < 2 * offsets.width
                               ? tr("The message ends in its offsets.")
                               : tr("An offset does not fit the message: each is at least the one before "
                                    "it, the first is where the offsets end, and the message holds all."));
            return false;
        }
        m_builder.add(countLabel, 0, offsets.width, static_cast<qint64>(offsets.count));
        if (!m_builder.open(u"offsets", Node::Kind::Array, offsets.width))
            return false;
        for (size_t i = 0; i < offsets.places.size(); ++i) {
            const qsizetype at = offsets.width * (1 + static_cast<qsizetype>(i));
            if (!m_builder.goOn(at))
                return false;
            m_builder.add(Node::Kind::Number, at, at + offsets.width, QString::number(offsets.places[i]));
        }
        m_builder.close(offsets.end());
        return true;
    }

    bool addPart(size_t part, qsizetype begin, qsizetype end)
    {
        if (part == 0) {
            m_builder.addPlace(JupyterParts[part], Node::Kind::String, begin, end, begin);
            return true;
        }
        m_builder.label(JupyterParts[part]);
        return addJsonOrFail(m_builder, m_bytes, begin, end);
    }

    void addBuffer(qsizetype begin, qsizetype end)
    {
        const QByteArrayView buffer = QByteArrayView(m_bytes).sliced(begin, end - begin);
        ++m_buffers;
        static_cast<void>(
            m_builder.addInner(begin, end, begin, isValidUtf8(buffer) && !buffer.contains('\0') && !buffer.isEmpty()));
    }

    void end(const JsonView &message)
    {
        m_builder.close(m_bytes.size());
        QString buffers;
        if (m_buffers > 0)
            buffers = m_buffers == 1 ? tr("1 buffer") : tr("%1 buffers").arg(m_buffers);
        m_builder.setSummary(cutSummary(joinedSummary({line(m_builder, message), buffers})));
    }

    const QByteArray m_bytes;
    NodeBuilder &m_builder;
    qint32 m_root = 0;
    int m_buffers = 0;
};

} // namespace

void JupyterDecoder::decode(const DecodeInput &input, NodeBuilder &builder) const
{
    const QByteArrayView bytes(input.payload);
    // The first byte of the subprotocol's form is that of a small number, of the other one it is 0.
    const bool isBinary = !input.isText && !bytes.startsWith('{') && !bytes.startsWith('[');
    if (isBinary && (isJupyterV1(input.subprotocol) || !bytes.startsWith('\0')))
        JupyterMessage(input, builder).readParts();
    else if (isBinary)
        JupyterMessage(input, builder).readBuffers();
    else
        addJsonMessages(builder, input.payload,
                        [&builder](const JsonView &root) { return JupyterMessage::line(builder, root); });
}

} // namespace sockeye
