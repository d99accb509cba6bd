#include "encodings/KnownRecords.h"

#include "base/Bytes.h"

namespace sockeye {

namespace {

/// No byte of UTF-8.
constexpr char BehindRecordKey = '\xff';

} // namespace

void KnownRecords::define(quint32 number, const QStringList &keys)
{
    QByteArray text;
    for (const QString &key : keys) {
        text += key.toUtf8() + BehindRecordKey;
        if (text.size() > MaxKeyBytes)
            break;
    }
    const auto known = m_records.constFind(number);
    const bool isKnown = known != m_records.constEnd();
    // Wrong keys would be worse than none.
    if (text.size() > MaxKeyBytes || (!isKnown && m_records.size() >= MaxRecords))
        m_records.remove(number);
    else if (!isKnown || *known != text)
        m_records.insert(number, text);
}

std::optional<QStringList> KnownRecords::keys(quint32 number) const
{
    const auto found = m_records.constFind(number);
    if (found == m_records.constEnd())
        return {};
    QStringList keys;
    for (qsizetype at = 0; at < found->size();) {
        const qsizetype end = found->indexOf(BehindRecordKey, at);
        keys += textFromUtf8(QByteArrayView(*found).sliced(at, end - at));
        at = end + 1;
    }
    return keys;
}

} // namespace sockeye
