#pragma once

#include <QByteArrayView>
#include <QtEndian>

#include <optional>

namespace sockeye {

/// Reads bytes one value after another; a value that is not wholly there is none, and the place stays before it.
class ByteCursor final
{
public:
    explicit ByteCursor(QByteArrayView bytes, qsizetype at = 0)
        : m_bytes(bytes)
        , m_at(at)
    {
    }

    [[nodiscard]] qsizetype at() const { return m_at; }
    [[nodiscard]] qsizetype size() const { return m_bytes.size(); }
    [[nodiscard]] qsizetype left() const { return m_bytes.size() - m_at; }
    [[nodiscard]] bool isAtEnd() const { return m_at >= m_bytes.size(); }
    void setAt(qsizetype at) { m_at = at; }
    /// The next byte, which stays.
    [[nodiscard]] std::optional<quint8> peek() const
    {
        return isAtEnd() ? std::nullopt : std::optional(static_cast<quint8>(m_bytes.at(m_at)));
    }
    [[nodiscard]] std::optional<quint8> byte() { return big<quint8>(); }
    /// In network order, respectively with the least byte first.
    template<typename T>
    [[nodiscard]] std::optional<T> big()
    {
        const auto bytes = take(sizeof(T));
        return bytes ? std::optional(qFromBigEndian<T>(bytes->data())) : std::nullopt;
    }
    template<typename T>
    [[nodiscard]] std::optional<T> little()
    {
        const auto bytes = take(sizeof(T));
        return bytes ? std::optional(qFromLittleEndian<T>(bytes->data())) : std::nullopt;
    }
    [[nodiscard]] std::optional<QByteArrayView> take(quint64 count)
    {
        if (count > static_cast<quint64>(left()))
            return {};
        const QByteArrayView bytes = m_bytes.sliced(m_at, static_cast<qsizetype>(count));
        m_at += bytes.size();
        return bytes;
    }

private:
    QByteArrayView m_bytes;
    qsizetype m_at;
};

} // namespace sockeye
