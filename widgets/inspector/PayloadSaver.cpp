#include "widgets/inspector/PayloadSaver.h"

#include "base/OwnerOnly.h"
#include "base/Units.h"
#include "reading/CaptureReader.h"
#include "reading/CaptureReaders.h"

#include <QDir>
#include <QSaveFile>

namespace sockeye {

namespace {

constexpr qint64 SliceSize = 4 * 1024 * 1024;

Result<> writePayload(const QString &capture, const Entry &entry, const QString &target, const CancelToken &cancel)
{
    auto reader = CaptureReaders::of(capture)->lend();
    if (!reader)
        return reader.error();
    QSaveFile file(target);
    const auto cannotWrite = [&file, &target] {
        return Error{PayloadSaver::tr("“%1” could not be written: %2. Choose another place or make room.")
                         .arg(QDir::toNativeSeparators(target), file.errorString())};
    };
    if (!file.open(QIODevice::WriteOnly))
        return cannotWrite();
    // What a message holds is not for everybody on the machine. A file that is replaced keeps its mode.
    if (!QFileInfo::exists(target))
        file.setPermissions(owneronly::FilePermissions);
    for (qint64 at = 0; at < entry.size && !cancel.isCancelled();) {
        auto slice = reader.value()->payload(entry.id, at, SliceSize);
        if (!slice)
            return slice.error();
        if (slice.value().isEmpty())
            return Error{
                PayloadSaver::tr("The capture holds only %1 of this payload: nothing was saved.").arg(sizeText(at))};
        if (file.write(slice.value()) != slice.value().size())
            return cannotWrite();
        at += slice.value().size();
    }
    if (!file.commit())
        return cannotWrite();
    return {};
}

} // namespace

PayloadSaver::PayloadSaver(QObject *parent)
    : QObject(parent)
{
}

void PayloadSaver::save(const QString &capture, const Entry &entry, const QString &target)
{
    m_job.start([this, capture, entry, target](const JobContext &job) {
        const Result<> result = writePayload(capture, entry, target, job.token());
        job.report([this, message = result.message(), target, size = entry.size] {
            Q_EMIT done(message.isEmpty()
                            ? tr("Saved %1 to “%2”.").arg(sizeText(size), QDir::toNativeSeparators(target))
                            : message);
        });
    });
}

QString PayloadSaver::suggestedName(const Entry &entry, bool isJson)
{
    const QString suffix = isJson                            ? QStringLiteral("json")
                           : entry.kind == EntryKind::Binary ? QStringLiteral("bin")
                                                             : QStringLiteral("txt");
    return QStringLiteral("message-%1.%2").arg(entry.id.value()).arg(suffix);
}

} // namespace sockeye
