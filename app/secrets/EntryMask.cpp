#include "secrets/EntryMask.h"

#include "record/EntryText.h"
#include "secrets/JsonMasker.h"

#include <algorithm>

namespace sockeye {

namespace {

constexpr qsizetype CodeSize = 2;
/// A line without an end is cut here.
constexpr qsizetype LongestHeldPayload = 64 * 1024;

/// JSON, or JSON behind the few digits of an envelope ("42[...]").
bool looksLikeJson(const QByteArray &bytes)
{
    const auto begins = [](char c) { return c == '{' || c == '['; };
    const auto start = std::find_if(bytes.begin(), bytes.end(), begins);
    return start != bytes.end() && std::distance(bytes.begin(), start) < 256;
}

bool endsPart(char c)
{
    return c == '\n' || c == ' ' || c == '&' || c == ';' || c == '\0';
}

} // namespace

QByteArray maskedCloseBody(SecretMasker &masker, const QByteArray &body)
{
    if (body.size() <= CodeSize)
        return body;
    const qint64 before = masker.count();
    const QByteArray reason = masker.body(body.sliced(CodeSize));
    return masker.count() > before ? body.first(CodeSize) + reason : body;
}

QString maskedPreview(const Entry &entry, int maxChars)
{
    if (entry.kind == EntryKind::Event)
        return maskSecretsInText(previewText(entry, maxChars));
    if (entry.kind != EntryKind::Close)
        return previewText(entry, maxChars);
    SecretMasker masker;
    Entry shown = entry;
    shown.head = maskedCloseBody(masker, entry.head);
    // A reason that was cut stays one.
    shown.size += shown.head.size() - entry.head.size();
    return previewText(shown, maxChars);
}

PayloadMask::PayloadMask(std::shared_ptr<const SecretNames> names)
    : m_masker(std::move(names))
{
}

PayloadMask::~PayloadMask() = default;

qint64 PayloadMask::count() const
{
    return m_masker.count() + (m_json ? m_json->count() : 0);
}

QByteArray PayloadMask::feed(const QByteArray &bytes, bool isLast)
{
    const bool isFirst = !std::exchange(m_hasBegun, true);
    if (isFirst && isLast)
        return m_masker.body(bytes);
    if (isFirst && looksLikeJson(bytes))
        m_json = std::make_unique<JsonMasker>(m_masker.names());
    if (!m_json)
        return fedText(bytes, isLast);
    QByteArray ready = m_json->feed(bytes);
    if (isLast)
        ready += m_json->finish();
    return ready;
}

QByteArray PayloadMask::fedText(const QByteArray &bytes, bool isLast)
{
    const QByteArray all = std::exchange(m_held, QByteArray()) + bytes;
    qsizetype end = all.size();
    if (!isLast) {
        const qsizetype earliest = std::max<qsizetype>(0, end - LongestHeldPayload);
        while (end > earliest && !endsPart(all[end - 1]))
            --end;
        if (end == earliest)
            end = all.size();
    }
    m_held = all.sliced(end);
    return m_masker.body(all.first(end));
}

} // namespace sockeye
