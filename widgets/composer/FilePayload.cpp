#include "widgets/composer/FilePayload.h"

#include "base/Bytes.h"
#include "base/RegularFile.h"
#include "base/Units.h"
#include "widgets/composer/SendOptions.h"
#include "widgets/controls/Prompts.h"
#include "widgets/style/Theme.h"

#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace sockeye {
namespace {

QString shown(const QString &path)
{
    return QDir::toNativeSeparators(path);
}

Result<QByteArray> readFile(const QString &path, Opcode opcode)
{
    QFile file(path);
    if (const Result<> opened = RegularFile::open(file); !opened)
        return Error{FilePayload::tr("%1 cannot be read: %2.").arg(shown(path), opened.message())};
    QByteArray bytes = file.read(FilePayload::MaxSize + 1);
    if (bytes.size() > FilePayload::MaxSize)
        return Error{FilePayload::tr("%1 is larger than %2.").arg(shown(path), sizeText(FilePayload::MaxSize))};
    if (opcode == Opcode::Text && !isValidUtf8(bytes))
        return Error{FilePayload::tr("%1 is no UTF-8 text. Send it as binary.").arg(shown(path))};
    return bytes;
}

} // namespace

FilePayload::FilePayload(QWidget *parent)
    : PayloadPage(parent)
    , m_path(new QLineEdit(this))
    , m_kind(new QComboBox(this))
{
    m_path->setAccessibleName(tr("File to send"));
    m_path->setToolTip(tr("The file whose content is sent as one message; it can also be dropped here"));
    m_path->setPlaceholderText(tr("Choose a file, or drop one here"));
    m_path->setFont(theme::dataFont());
    m_kind->addItem(tr("binary"), int(Opcode::Binary));
    m_kind->addItem(tr("text"), int(Opcode::Text));
    m_kind->setAccessibleName(tr("Send the file as"));
    m_kind->setToolTip(tr("The kind of message the file is sent as"));
    auto *browse = new QPushButton(tr("Browse…"), this);
    browse->setAutoDefault(false);
    browse->setAccessibleName(tr("Browse for a file to send"));
    browse->setToolTip(tr("Choose the file to send"));

    auto *row = new QHBoxLayout;
    row->setSpacing(theme::Gap);
    row->addWidget(m_path, 1);
    row->addWidget(browse);
    auto *as = new QLabel(tr("as"), this);
    as->setBuddy(m_kind);
    as->setAccessibleName(tr("Send the file as"));
    row->addWidget(as);
    row->addWidget(m_kind);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::Gap, theme::Gap, theme::Gap, theme::Gap);
    layout->addLayout(row);
    layout->addStretch(1);

    connect(m_path, &QLineEdit::textChanged, this, &FilePayload::changed);
    connect(browse, &QPushButton::clicked, this, &FilePayload::browse);
    connect(&m_job, &JobRunner::finished, this, &FilePayload::deliver);
}

QString FilePayload::path() const
{
    return QDir::fromNativeSeparators(m_path->text().trimmed());
}

void FilePayload::setPath(const QString &path)
{
    m_path->setText(shown(path));
}

PayloadCheck FilePayload::check(const SendOptions &options)
{
    const Result<qint64> size = fileSize();
    const Result<> sendable = size ? options.checkSize(size.value()) : Result<>(size.error());
    PayloadCheck check;
    check.isValid = sendable.ok();
    check.isBusy = m_job.isRunning();
    if (check.isBusy)
        check.info = tr("Reading the file…");
    else if (sendable)
        check.info = options.summary(size.value());
    if (!path().isEmpty())
        check.problem = sendable.message();
    return check;
}

Result<qint64> FilePayload::fileSize() const
{
    if (path().isEmpty())
        return Error{tr("No file chosen yet.")};
    const QFileInfo info(path());
    if (!info.exists())
        return Error{tr("%1 does not exist.").arg(shown(path()))};
    if (!info.isFile())
        return Error{tr("%1 is not a file.").arg(shown(path()))};
    if (info.size() > MaxSize)
        return Error{tr("%1 is larger than %2.").arg(shown(path()), sizeText(MaxSize))};
    return info.size();
}

void FilePayload::send()
{
    const auto opcode = static_cast<Opcode>(m_kind->currentData().toInt());
    m_job.start([this, path = path(), opcode](const JobContext &job) {
        auto bytes = readFile(path, opcode);
        job.report([this, bytes = std::move(bytes), opcode]() mutable {
            m_opcode = opcode;
            m_bytes = std::move(bytes);
        });
    });
    Q_EMIT changed();
}

void FilePayload::browse()
{
    if (m_prompts)
        m_prompts->openFile(this, {tr("Send a file"), path(), tr("All files (*)"), {}},
                            [this](const QString &chosen) { setPath(chosen); });
}

void FilePayload::deliver()
{
    // First, because the check that follows from it would replace the message of failed().
    Q_EMIT changed();
    const Result<QByteArray> bytes = std::exchange(m_bytes, Result<QByteArray>(QByteArray()));
    if (bytes)
        Q_EMIT ready({m_opcode, bytes.value()});
    else
        Q_EMIT failed(bytes.error().message);
}

} // namespace sockeye
