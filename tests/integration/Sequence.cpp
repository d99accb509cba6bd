#include "integration/Sequence.h"

namespace sockeye::test {

Result<Sequence> readSequence(const QString &path, qint64 size)
{
    Result<std::unique_ptr<CaptureReader>> reader = CaptureReader::open(path);
    if (!reader)
        return reader.error();
    const Result<EntryId> last = reader.value()->lastEntry();
    if (!last)
        return last.error();
    Sequence sequence;
    EntryId expectedId(1);
    const auto visit = [&sequence, &expectedId, size](const Entry &entry) {
        if (entry.id != expectedId) {
            sequence.problem = QStringLiteral("entry %1 is missing").arg(expectedId.value());
            return false;
        }
        ++expectedId;
        if (entry.direction != Direction::In || (entry.kind != EntryKind::Text && entry.kind != EntryKind::Binary))
            return true;
        bool isNumber = false;
        const qint64 number = entry.head.first(qMin<qsizetype>(10, entry.head.size())).toLongLong(&isNumber);
        if (!isNumber || number != sequence.messages || entry.size != size) {
            sequence.problem = QStringLiteral("message %1 expected, found \"%2\" of %3 bytes")
                                   .arg(sequence.messages)
                                   .arg(QString::fromLatin1(entry.head.first(qMin<qsizetype>(20, entry.head.size()))))
                                   .arg(entry.size);
            return false;
        }
        ++sequence.messages;
        sequence.last = entry.time;
        return true;
    };
    const Result<> walked = reader.value()->scanner().forEach(EntryId(1), last.value(), EntryQuery(), visit);
    if (!walked)
        return walked.error();
    return sequence;
}

} // namespace sockeye::test
