#pragma once

#include <QByteArray>
#include <QMap>
#include <QStringList>

#include <optional>

namespace sockeye {

/// Records of msgpackr or cbor-x that messages have defined (Conversation::Side::records): the keys of each, by its
/// number.
class KnownRecords final
{
public:
    /// More of them are not kept, nor those whose keys are longer.
    static constexpr qsizetype MaxRecords = 1'000;
    static constexpr qsizetype MaxKeyBytes = 4'096;

    KnownRecords() = default;
    explicit KnownRecords(const QMap<quint32, QByteArray> &records)
        : m_records(records)
    {
    }

    void define(quint32 number, const QStringList &keys);
    /// Nothing if none of that number was defined.
    [[nodiscard]] std::optional<QStringList> keys(quint32 number) const;
    [[nodiscard]] bool has(quint32 number) const { return m_records.contains(number); }
    [[nodiscard]] bool isEmpty() const { return m_records.isEmpty(); }
    [[nodiscard]] const QMap<quint32, QByteArray> &records() const { return m_records; }

private:
    QMap<quint32, QByteArray> m_records;
};

} // namespace sockeye
