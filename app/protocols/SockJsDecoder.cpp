#include "protocols/SockJsDecoder.h"

#include "brokers/StompDecoder.h"
#include "decode/JsonNodes.h"
#include "encodings/JsonTexts.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

bool isSockJsMessages(const JsonShape &shape)
{
    return shape.isArray() && shape.fits() && shape.size() > 0 &&
           std::ranges::all_of(shape.members(), &JsonShape::Member::isString);
}

QString sockJsSummary(const QStringList &messages)
{
    if (messages.size() < 2)
        return messages.value(0);
    return messages.first() + u' ' +
           QCoreApplication::translate("sockeye::SockJsDecoder", "+ %n more", nullptr,
                                       static_cast<int>(messages.size() - 1));
}

} // namespace

Certainty SockJsDecoder::probe(const DecodeInput &input) const
{
    const QByteArrayView bytes(input.payload);
    if (!input.isText || bytes.size() < 4)
        return Certainty::None;
    if (bytes.startsWith("a["))
        return isSockJsMessages(JsonShape(bytes.sliced(1))) ? Certainty::Sure : Certainty::None;
    if (bytes.startsWith("c[")) {
        const JsonShape shape(bytes.sliced(1));
        const bool isClose = shape.isArray() && shape.fits() && shape.size() == 2 && shape.at(0).isInteger();
        return isClose && shape.at(1).isString() ? Certainty::Sure : Certainty::None;
    }
    if (bytes.startsWith("m\"") && bytes.endsWith('"'))
        return Certainty::Likely;
    // Any array of strings may be one of a client; no other than one of a client holds a frame of STOMP.
    if (!bytes.startsWith("[\"") || !bytes.endsWith("\"]"))
        return Certainty::None;
    const JsonShape shape(bytes);
    if (!isSockJsMessages(shape) || shape.size() != 1 || !shape.at(0).isWhole || !shape.at(0).value.contains("\\n"))
        return Certainty::None;
    const DecodeInput message{jsonStringText(shape.at(0).value), true, input.direction, {}};
    return StompDecoder().probe(message) == Certainty::Sure ? Certainty::Sure : Certainty::None;
}

void SockJsDecoder::decode(const DecodeInput &input, NodeBuilder &builder) const
{
    const QByteArray &bytes = input.payload;
    const auto isMessage = [](const JsonShape::Member &) { return true; };
    QStringList messages;
    if (bytes.startsWith('[')) {
        if (addJsonWithTexts(builder, bytes, 0, bytes.size(), isMessage, &messages))
            builder.setSummary(cutSummary(sockJsSummary(messages)));
        return;
    }
    const char type = bytes.isEmpty() ? '\0' : bytes.front();
    const QString name = type == 'o'   ? tr("open")
                         : type == 'h' ? tr("heartbeat")
                         : type == 'a' ? tr("messages")
                         : type == 'm' ? tr("message")
                         : type == 'c' ? tr("close")
                                       : QString();
    if (name.isEmpty()) {
        builder.fail(0, tr("A SockJS frame begins with o, h, a, m or c, and what a client sends with an array."));
        return;
    }
    if (!builder.open(Node::Kind::Object, 0))
        return;
    builder.addPlace(u"type", Node::Kind::String, 0, 1, 0, name);
    builder.setSummary(name);
    // Messages say themselves what they are.
    if (type == 'o' || type == 'h' || type == 'c')
        builder.setMessage(type == 'o' ? "open" : type == 'h' ? "heartbeat" : "close");
    if (type == 'o' || type == 'h') {
        if (bytes.size() > 1)
            builder.fail(1, tr("Nothing stands behind this frame's letter."));
        else
            builder.close(1);
        return;
    }
    const qint32 data = builder.tree().size();
    if (type == 'a') {
        builder.label(u"messages");
        if (!addJsonWithTexts(builder, bytes, 1, bytes.size(), isMessage, &messages))
            return;
        builder.setSummary(cutSummary(sockJsSummary(messages)));
    } else {
        builder.label(type == 'c' ? u"data" : u"message");
        if (!addJsonOrFail(builder, bytes, 1, bytes.size()))
            return;
        const JsonView view(builder.tree(), data);
        if (type == 'c' && view.isArray()) {
            if (view.count() > 0)
                builder.labelAt(view.element(0).index(), u"code");
            if (view.count() > 1)
                builder.labelAt(view.element(1).index(), u"reason");
        }
        builder.setSummary(
            cutSummary(type == 'c' ? name + u' ' + view.briefList() : view.text().left(120).simplified()));
    }
    builder.close(bytes.size());
}

} // namespace sockeye
