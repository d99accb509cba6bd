#pragma once

#include "capture/CaptureWriter.h"
#include "capture/PayloadFunctions.h"
#include "capture/QuerySql.h"
#include "reading/CaptureReader.h"

#include <QObject>
#include <QtTest>

/// Fails the test with the error's words.
#define VERIFY_RESULT(expression)                                                                                      \
    do {                                                                                                               \
        const auto &verified = (expression);                                                                           \
        QVERIFY2(verified.ok(), qPrintable(verified.message()));                                                       \
    } while (false)

namespace sockeye::samples {

/// Bytes that differ from their neighbours and from the same place in the next part.
[[nodiscard]] QByteArray pattern(qsizetype size);

/// A header as it stands on the wire: FIN and opcode, the shortest length, a mask key if masked.
[[nodiscard]] FrameHeader header(Opcode opcode, quint64 payloadSize, bool fin = true, bool masked = false);

/// A text message of one frame.
[[nodiscard]] NewEntry text(const QByteArray &payload, qint64 timeNs = 1'700'000'000'000'000'000);

/// A connection with every field set to something of its own.
[[nodiscard]] ConnectionRecord connection(ConnectionId id);

/// What a reader should say of the entry.
[[nodiscard]] Entry expected(EntryId id, const NewEntry &entry);

/// Made, or the program ends with the error's words.
[[nodiscard]] std::unique_ptr<CaptureWriter> writer(const QString &path);
[[nodiscard]] std::unique_ptr<CaptureWriter> writer(const QString &path, CaptureWriter::Limits limits);
[[nodiscard]] std::unique_ptr<CaptureReader> reader(const QString &path);

/// What a writer says from its own thread, said again in the test's, where a QSignalSpy may note it.
class WriterSignals final : public QObject
{
    Q_OBJECT

public:
    explicit WriterSignals(const CaptureWriter &writer);

Q_SIGNALS:
    void advanced(sockeye::EntryId last);
    void roomAvailable();
    void connectionsChanged();
    void failed(const QString &message);
};

/// A closed capture that holds these.
void makeCapture(const QString &path, const QList<NewEntry> &entries);
/// Texts "entry 1", "entry 2", ..., some of them long.
void makeCapture(const QString &path, int count);

/// Changes the capture behind the program's back.
void runSql(const QString &path, const char *sql);

/// A capture that is asked in SQL, with the functions over payloads.
class SqlCapture final
{
public:
    explicit SqlCapture(const QString &path);
    SqlCapture(const SqlCapture &) = delete;
    SqlCapture &operator=(const SqlCapture &) = delete;

    /// The entries of which the condition holds, in order.
    [[nodiscard]] Result<QList<qint64>> ids(const QuerySql &condition) const;

private:
    SqliteDatabase m_database;
    std::unique_ptr<PayloadFunctions> m_functions;
};

/// Everything a reader can be asked, in turn: the first error, or what was read.
struct Contents
{
    QList<Entry> entries;
    QList<QByteArray> payloads;
    QList<ConnectionRecord> connections;
};
[[nodiscard]] Result<Contents> readAll(const QString &path);

} // namespace sockeye::samples
