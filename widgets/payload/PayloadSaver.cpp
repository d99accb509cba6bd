#include "widgets/payload/PayloadSaver.h"

#include "base/OwnerOnly.h"
#include "base/Units.h"
#include "reading/CaptureReader.h"
#include "reading/CaptureReaders.h"
#include "widgets/controls/Prompts.h"
#include "widgets/hex/HexView.h"

#include <QDir>
#include <QSaveFile>

namespace sockeye {

namespace {

constexpr qint64 SliceSize = 4 * 1024 * 1024;

/// What a file is written with that appears when it is complete.
class TargetFile final
{
public:
    explicit TargetFile(const QString &target)
        : m_target(target)
        , m_file(target)
    {
    }

    [[nodiscard]] Result<> open()
    {
        if (!m_file.open(QIODevice::WriteOnly))
            return problem();
        // What a message holds is not for everybody on the machine. A file that is replaced keeps its mode.
        if (!QFileInfo::exists(m_target))
            m_file.setPermissions(owneronly::FilePermissions);
        return {};
    }
    [[nodiscard]] Result<> write(const QByteArray &bytes)
    {
        return m_file.write(bytes) == bytes.size() ? Result<>() : problem();
    }
    [[nodiscard]] Result<> commit() { return m_file.commit() ? Result<>() : problem(); }

private:
    [[nodiscard]] Error problem() const
    {
        return Error{PayloadSaver::tr("“%1” could not be written: %2. Choose another place or make room.")
                         .arg(QDir::toNativeSeparators(m_target), m_file.errorString())};
    }

    QString m_target;
    QSaveFile m_file;
};

Result<> writeBytes(const QByteArray &bytes, const QString &target)
{
    TargetFile file(target);
    Result<> result = file.open();
    if (result)
        result = file.write(bytes);
    return result ? file.commit() : result;
}

Result<> writePayload(const QString &capture, const Entry &entry, const QString &target, const CancelToken &cancel)
{
    auto reader = CaptureReaders::of(capture)->lend();
    if (!reader)
        return reader.error();
    TargetFile file(target);
    if (Result<> opened = file.open(); !opened)
        return opened;
    for (qint64 at = 0; at < entry.size && !cancel.isCancelled();) {
        auto slice = reader.value()->payload(entry.id, at, SliceSize);
        if (!slice)
            return slice.error();
        if (slice.value().isEmpty())
            return Error{
                PayloadSaver::tr("The capture holds only %1 of this payload: nothing was saved.").arg(sizeText(at))};
        if (Result<> written = file.write(slice.value()); !written)
            return written;
        at += slice.value().size();
    }
    // What is not whole goes away with the object.
    return cancel.isCancelled() ? Result<>() : file.commit();
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
        job.report([this, result, target, size = entry.size] { tell(result, size, target); });
    });
}

void PayloadSaver::saveSelection(HexView &view, Prompts &prompts)
{
    const HexRange range = view.selection();
    if (!view.source() || range.isEmpty())
        return;
    // Read before the question: until it is answered, the view may show something else.
    const auto ask = [this, first = range.first, &view, &prompts](const Result<QByteArray> &bytes) {
        if (!bytes) {
            Q_EMIT done(bytes.message());
            return;
        }
        const QString name = QStringLiteral("bytes-%1.bin").arg(first.value());
        prompts.saveFile(&view, {tr("Save selection"), name, tr("All files (*)"), {}},
                         [this, bytes = bytes.value()](const QString &target) { saveBytes(bytes, target); });
    };
    view.source()->read(range.first, range.length, ask);
}

void PayloadSaver::saveBytes(const QByteArray &bytes, const QString &target)
{
    m_job.start([this, bytes, target](const JobContext &job) {
        const Result<> result = writeBytes(bytes, target);
        job.report([this, result, target, size = bytes.size()] { tell(result, size, target); });
    });
}

void PayloadSaver::tell(const Result<> &result, qint64 size, const QString &target)
{
    Q_EMIT done(result ? tr("Saved %1 to “%2”.").arg(sizeText(size), QDir::toNativeSeparators(target))
                       : result.message());
}

QString PayloadSaver::suggestedName(const Entry &entry, bool isJson)
{
    const QString suffix = isJson                            ? QStringLiteral("json")
                           : entry.kind == EntryKind::Binary ? QStringLiteral("bin")
                                                             : QStringLiteral("txt");
    return QStringLiteral("message-%1.%2").arg(entry.id.value()).arg(suffix);
}

} // namespace sockeye
