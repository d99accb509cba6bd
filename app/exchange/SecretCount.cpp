#include "exchange/SecretCount.h"

#include "exchange/ExportWalk.h"
#include "reading/CaptureReaders.h"

namespace sockeye {

Result<qint64> countPayloadSecrets(const QString &capture, const EntryQuery &query, const CancelToken &cancel,
                                   const ExportProgress &progress)
{
    const auto reader = CaptureReaders::of(capture)->lend();
    if (!reader)
        return reader.error();
    ExportOptions options;
    options.maskPayloads = true;
    options.query = query;
    ExportWalk walk(*reader.value(), options, cancel, progress);
    qint64 count = 0;
    const auto walked = walk.all([&walk, &count](const Entry &entry) {
        if (entry.kind != EntryKind::Text && entry.kind != EntryKind::Binary)
            return Result<>();
        PayloadParts payload(walk, entry);
        auto read = payload.forEach([](QByteArrayView) { return Result<>(); });
        count += payload.maskedValues();
        return read;
    });
    return walked ? Result<qint64>(count) : walked.error();
}

} // namespace sockeye
