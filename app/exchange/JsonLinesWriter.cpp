#include "exchange/JsonLinesWriter.h"

#include "exchange/JsonText.h"
#include "wire/CloseCode.h"

namespace sockeye {

namespace {

void appendBool(QByteArray &out, bool value)
{
    out += value ? "true" : "false";
}

void appendFrames(QByteArray &out, const FrameHeaders &frames)
{
    out += ",\"frames\":[";
    bool first = true;
    for (const FrameHeader &frame : frames) {
        out += std::exchange(first, false) ? "{\"opcode\":" : ",{\"opcode\":";
        appendNumber(out, static_cast<quint8>(frame.opcode));
        out += ",\"fin\":";
        appendBool(out, frame.fin);
        out += ",\"rsv\":";
        appendNumber(out, frame.rsv);
        out += ",\"masked\":";
        appendBool(out, frame.masked);
        out += ",\"header\":\"";
        appendHex(out, frame.view());
        out += "\",\"payload_size\":";
        out += QByteArray::number(static_cast<qulonglong>(frame.payloadSize));
        out += '}';
    }
    out += ']';
}

void appendFindings(QByteArray &out, const Findings &findings)
{
    out += ",\"findings\":[";
    bool first = true;
    for (const Finding &finding : findings) {
        out += std::exchange(first, false) ? "{\"severity\":" : ",{\"severity\":";
        appendJsonString(out, severityName(finding.severity));
        out += ",\"rule\":";
        appendJsonString(out, finding.rule);
        out += ",\"section\":";
        appendJsonString(out, finding.section);
        out += ",\"text\":";
        appendJsonString(out, finding.text);
        out += ",\"offset\":";
        appendNumber(out, finding.offset);
        out += '}';
    }
    out += ']';
}

} // namespace

JsonLinesWriter::JsonLinesWriter(const ExportWalk &walk, ExportSink &sink)
    : m_walk(walk)
    , m_sink(sink)
    , m_out(sink.buffer())
{
}

Result<> JsonLinesWriter::write(const Entry &entry)
{
    appendStart(entry);
    if (auto written = writePayload(entry); !written)
        return written;
    m_out += ",\"compressed\":";
    appendBool(m_out, entry.compressed);
    if (auto written = writeFramesAndFindings(entry); !written)
        return written;
    appendEnd(entry);
    return m_sink.settle();
}

void JsonLinesWriter::appendStart(const Entry &entry)
{
    m_out += "{\"entry\":";
    appendNumber(m_out, entry.id.value());
    m_out += ",\"connection\":";
    appendNumber(m_out, entry.connection.value());
    m_out += ",\"time\":\"";
    m_out.append(m_times.at(entry.time));
    m_out += "\",\"direction\":";
    appendJsonString(m_out, directionName(entry.direction));
    m_out += ",\"kind\":";
    appendJsonString(m_out, kindName(entry.kind));
    m_out += ",\"size\":";
    appendNumber(m_out, entry.size);
}

Result<> JsonLinesWriter::writePayload(const Entry &entry)
{
    PayloadParts payload(m_walk, entry);
    bool asText = mayBeText(entry.kind);
    if (asText) {
        const auto isUtf8 = payload.isUtf8();
        if (!isUtf8)
            return isUtf8.error();
        asText = isUtf8.value();
    }
    m_out += asText ? ",\"text\":\"" : ",\"base64\":\"";
    const auto write = [this, asText](QByteArrayView bytes) {
        if (asText)
            appendJsonEscaped(m_out, bytes);
        else
            appendBase64(m_out, bytes);
        return m_sink.settle();
    };
    const auto written = asText ? payload.forEachText(write) : payload.forEach(write);
    m_out += '"';
    return written;
}

Result<> JsonLinesWriter::writeFramesAndFindings(const Entry &entry)
{
    FrameHeaders frames;
    if (entry.frameCount > 0) {
        auto read = m_walk.capture().frames(entry.id);
        if (!read)
            return read.error();
        frames = std::move(read).value();
    }
    appendFrames(m_out, frames);
    Findings findings;
    if (entry.findingCount > 0) {
        auto read = m_walk.capture().findings(entry.id);
        if (!read)
            return read.error();
        findings = std::move(read).value();
    }
    appendFindings(m_out, findings);
    return {};
}

void JsonLinesWriter::appendEnd(const Entry &entry)
{
    m_out += ",\"wire_size\":";
    appendNumber(m_out, entry.wireSize);
    m_out += ",\"complete\":";
    appendBool(m_out, entry.complete);
    if (entry.latency.count() >= 0) {
        m_out += ",\"latency_ns\":";
        appendNumber(m_out, entry.latency.count());
    }
    if (entry.kind == EntryKind::Close) {
        const CloseBody body = parseCloseBody(m_walk.closeBody(entry));
        m_out += ",\"code\":";
        appendNumber(m_out, body.code);
        m_out += ",\"reason\":";
        appendJsonString(m_out, body.reason);
    } else if (entry.kind == EntryKind::Event) {
        m_out += ",\"event\":";
        appendJsonString(m_out, eventName(entry.event));
    }
    if (const Annotation *annotation = m_walk.annotation(entry.id))
        appendAnnotation(*annotation);
    m_out += "}\n";
}

void JsonLinesWriter::appendAnnotation(const Annotation &annotation)
{
    if (annotation.bookmarked)
        m_out += ",\"bookmarked\":true";
    if (annotation.colour != 0) {
        m_out += ",\"colour\":";
        appendNumber(m_out, annotation.colour);
    }
    if (!annotation.note.isEmpty()) {
        m_out += ",\"note\":";
        appendJsonString(m_out, annotation.note);
    }
}

} // namespace sockeye
