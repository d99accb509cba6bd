#pragma once

#include "base/Job.h"

#include <QIODevice>

#include <algorithm>
#include <functional>

namespace sockeye {

/// Takes so many bytes and then fails, as a full disk does.
class FailingDevice final : public QIODevice
{
public:
    explicit FailingDevice(qint64 room)
        : m_room(room)
    {
        open(QIODevice::WriteOnly | QIODevice::Unbuffered);
    }

protected:
    qint64 readData(char *, qint64) override { return -1; }
    qint64 writeData(const char *, qint64 size) override
    {
        if (size > m_room) {
            setErrorString(QStringLiteral("No space left on device"));
            return -1;
        }
        m_room -= size;
        return size;
    }

private:
    qint64 m_room;
};

/// Takes a few bytes at a time, as a pipe may.
class SlowDevice final : public QIODevice
{
public:
    SlowDevice() { open(QIODevice::WriteOnly | QIODevice::Unbuffered); }
    [[nodiscard]] const QByteArray &bytes() const { return m_bytes; }

protected:
    qint64 readData(char *, qint64) override { return -1; }
    qint64 writeData(const char *data, qint64 size) override
    {
        const qint64 taken = std::min<qint64>(size, 1000);
        m_bytes.append(data, taken);
        return taken;
    }

private:
    QByteArray m_bytes;
};

/// Calls something at its first write and counts what comes after.
class WatchedDevice final : public QIODevice
{
public:
    explicit WatchedDevice(std::function<void()> atFirstWrite)
        : m_atFirstWrite(std::move(atFirstWrite))
    {
        open(QIODevice::WriteOnly | QIODevice::Unbuffered);
    }
    [[nodiscard]] qint64 written() const { return m_written; }

protected:
    qint64 readData(char *, qint64) override { return -1; }
    qint64 writeData(const char *, qint64 size) override
    {
        if (m_written == 0)
            m_atFirstWrite();
        m_written += size;
        return size;
    }

private:
    std::function<void()> m_atFirstWrite;
    qint64 m_written = 0;
};

} // namespace sockeye
