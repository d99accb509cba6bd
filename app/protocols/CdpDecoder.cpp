#include "protocols/CdpDecoder.h"

#include "encodings/JsonTexts.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

/// Those of Chromium 150 and of Node 24.
bool isCdpDomain(QByteArrayView name)
{
    return isOneOf(name, {"Accessibility",
                          "Animation",
                          "Audits",
                          "Autofill",
                          "BackgroundService",
                          "BluetoothEmulation",
                          "Browser",
                          "CSS",
                          "CacheStorage",
                          "Cast",
                          "Console",
                          "DOM",
                          "DOMDebugger",
                          "DOMSnapshot",
                          "DOMStorage",
                          "Debugger",
                          "DeviceAccess",
                          "DeviceOrientation",
                          "Emulation",
                          "EventBreakpoints",
                          "Extensions",
                          "FedCm",
                          "Fetch",
                          "FileSystem",
                          "HeadlessExperimental",
                          "HeapProfiler",
                          "IO",
                          "IndexedDB",
                          "Input",
                          "Inspector",
                          "LayerTree",
                          "Log",
                          "Media",
                          "Memory",
                          "Network",
                          "NodeRuntime",
                          "NodeTracing",
                          "NodeWorker",
                          "Overlay",
                          "PWA",
                          "Page",
                          "Performance",
                          "PerformanceTimeline",
                          "Preload",
                          "Profiler",
                          "Runtime",
                          "Schema",
                          "Security",
                          "ServiceWorker",
                          "Storage",
                          "SystemInfo",
                          "Target",
                          "Tethering",
                          "Tracing",
                          "WebAudio",
                          "WebAuthn"});
}

bool isCdpMethod(QByteArrayView method)
{
    const qsizetype dot = method.indexOf('.');
    if (dot <= 0 || !isCdpDomain(method.first(dot)))
        return false;
    const QByteArrayView name = method.sliced(dot + 1);
    return !name.isEmpty() && name[0] >= 'a' && name[0] <= 'z' && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    });
}

} // namespace

Certainty CdpDecoder::probe(const DecodeInput &input) const
{
    if (!input.payload.startsWith('{'))
        return Certainty::None;
    const JsonShape shape(input.payload);
    const JsonShape::Member *number = shape.find("id");
    if (!shape.fits() || (number && !number->isInteger()))
        return Certainty::None;
    if (shape.find("method")) {
        const JsonShape::Member *params = shape.find("params");
        const bool isCdp = shape.hasOnly({"id", "method", "params", "sessionId"}) &&
                           isCdpMethod(shape.string("method")) && (number || params) &&
                           (!params || params->kind == Node::Kind::Object);
        return isCdp ? Certainty::Sure : Certainty::None;
    }
    // Any protocol may have such answers, but for their sessions.
    const bool isAnswer = number && shape.hasOnly({"id", "result", "error", "sessionId"}) &&
                          (shape.has("result", Node::Kind::Object) || shape.has("error", Node::Kind::Object));
    constexpr qsizetype SessionSize = 32;
    if (!isAnswer)
        return Certainty::None;
    if (input.subprotocol == id() || shape.string("sessionId").size() == SessionSize)
        return Certainty::Sure;
    return likelyIn(input);
}

bool CdpDecoder::isSpoken(const ConnectionFacts &facts) const
{
    return std::ranges::any_of(facts.first, [this](const ConnectionFacts::Message &message) {
        return message.isText && probe({message.payload, message.isText}) == Certainty::Sure;
    });
}

void CdpDecoder::decode(const DecodeInput &input, NodeBuilder &builder) const
{
    constexpr qsizetype MaxText = 80;
    addJsonMessages(builder, input.payload, [&builder](const JsonView &root) {
        const JsonView id = root.member(u"id");
        const JsonView session = root.member(u"sessionId");
        // Ids are those of a session.
        const QByteArray key = (session.exists() ? session.text().toUtf8() + ' ' : QByteArray()) + id.text().toUtf8();
        using Role = MessageFacts::Exchange::Role;
        const QString idText = id.exists() ? u"id "_s + id.brief() : QString();
        const JsonView method = root.member(u"method");
        const JsonView error = root.member(u"error");
        if (method.exists()) {
            builder.noteAt(root.index(), id.exists() ? tr("command") : tr("event"));
            builder.setMessage(id.exists() ? "command" : "event", method.text().toUtf8());
            if (id.exists())
                builder.addExchange(Role::Asks, key, method.text().toUtf8());
            const JsonView params = root.member(u"params");
            const QString told = params.count() > 0 ? u' ' + params.brief() : QString();
            return joinedSummary({method.text().left(MaxText) + told, idText});
        }
        if (error.exists()) {
            builder.noteAt(root.index(), tr("error"));
            builder.setMessage("error");
            builder.addExchange(Role::Fails, key);
            const QString told = error.member(u"code").text() + u' ' + error.member(u"message").text().left(MaxText);
            return joinedSummary({u"error "_s + told, idText});
        }
        const JsonView result = root.member(u"result");
        if (!result.exists())
            return QString();
        builder.noteAt(root.index(), tr("result"));
        builder.setMessage("result");
        builder.addExchange(Role::Answers, key);
        return joinedSummary({u"result "_s + result.brief(), idText});
    });
}

} // namespace sockeye
