#include "widgets/dialogs/ExportDialog.h"

#include "base/Units.h"
#include "exchange/SecretCount.h"
#include "library/Settings.h"
#include "widgets/controls/PathField.h"
#include "widgets/controls/Prompts.h"
#include "widgets/controls/StyleRole.h"
#include "widgets/style/Theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QStandardPaths>

namespace sockeye {
namespace {

constexpr int ProgressSteps = 1000;
/// How often progress is told: more would only keep the window busy.
constexpr qint64 ProgressIntervalMs = 30;

QString withSuffix(const QString &path, const QString &suffix)
{
    const QFileInfo info(path);
    return info.dir().filePath(info.completeBaseName() + u'.' + suffix);
}

} // namespace

ExportDialog::ExportDialog(const QString &capture, const EntryQuery &query, Settings &settings, Prompts &prompts,
                           QWidget *parent)
    : QDialog(parent)
    , m_capture(capture)
    , m_query(query)
    , m_settings(settings)
    , m_prompts(prompts)
    , m_format(new QComboBox(this))
    , m_target(new PathField(PathField::Mode::Save, tr("Export file"), prompts, this))
    , m_secrets(new QCheckBox(tr("Keep secrets (Authorization, Cookie, tokens)"), this))
    , m_maskPayloads(new QCheckBox(tr("Mask members named like secrets in messages"), this))
    , m_masking(new QLabel(this))
    , m_filtered(new QCheckBox(tr("Only entries that match the log's filter"), this))
    , m_csvSafe(new QCheckBox(tr("Safe for spreadsheets: no text is taken for a formula"), this))
    , m_csvByteOrderMark(new QCheckBox(tr("Begin with a byte order mark, by which Excel knows UTF-8"), this))
    , m_progress(new QProgressBar(this))
    , m_message(new QLabel(this))
{
    setWindowTitle(tr("Export capture"));
    setAccessibleName(windowTitle());
    build();
    for (const Exporter *each : exporters())
        m_format->addItem(each->description(), each->name());
    m_format->setCurrentIndex(qMax(0, m_format->findData(settings.value(Settings::Key::ExportFormat))));
    m_secrets->setChecked(settings.value(Settings::Key::ExportKeepSecrets).toBool());
    m_maskPayloads->setChecked(settings.value(Settings::Key::ExportMaskPayloads).toBool());
    m_csvSafe->setChecked(settings.value(Settings::Key::ExportCsvSafe).toBool());
    m_csvByteOrderMark->setChecked(settings.value(Settings::Key::ExportCsvByteOrderMark).toBool());
    m_filtered->setChecked(!query.matchesAll());
    m_filtered->setVisible(!query.matchesAll());
    QString folder = settings.value(Settings::Key::FileDirectory).toString();
    if (!QFileInfo(folder).isDir())
        folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    m_target->setPath(QDir(folder).filePath(QFileInfo(capture).completeBaseName() + QStringLiteral(".jsonl")));
    changeFormat();
    countSecrets();
    connect(m_maskPayloads, &QCheckBox::toggled, this, &ExportDialog::countSecrets);
    connect(m_filtered, &QCheckBox::toggled, this, &ExportDialog::countSecrets);
    connect(m_format, &QComboBox::currentIndexChanged, this, &ExportDialog::changeFormat);
    connect(m_target, &PathField::pathChanged, this, [this] { m_start->setEnabled(!m_target->path().isEmpty()); });
}

ExportDialog::~ExportDialog() = default;

void ExportDialog::reject()
{
    // While it runs, Cancel ends the export; the dialog stays for another try.
    if (!m_job.isRunning()) {
        QDialog::reject();
        return;
    }
    m_job.cancel();
    setRunning(false);
    m_message->setText(tr("Cancelled. No file was written."));
}

void ExportDialog::build()
{
    constexpr int MinimumWidth = 560;
    setMinimumWidth(MinimumWidth);
    m_format->setAccessibleName(tr("Format"));
    m_format->setToolTip(tr("The form in which the capture is written"));
    m_secrets->setAccessibleName(m_secrets->text());
    m_secrets->setToolTip(tr("Off, the values of headers and query items that hold secrets are written as ***"));
    m_maskPayloads->setAccessibleName(m_maskPayloads->text());
    m_maskPayloads->setToolTip(
        tr("Members of JSON and fields of forms in what was sent and received; Tools > Names of secrets has the list"));
    m_masking->setWordWrap(true);
    m_masking->setTextFormat(Qt::PlainText);
    m_masking->setProperty("dim", true);
    m_filtered->setAccessibleName(m_filtered->text());
    m_filtered->setToolTip(tr("Off, the whole capture is exported"));
    m_csvSafe->setAccessibleName(m_csvSafe->text());
    m_csvSafe->setToolTip(
        tr("A text that begins with =, +, - or @ gets an apostrophe in front, and control characters are "
           "written as \\x1b. Off, texts are as they were, for programs"));
    m_csvByteOrderMark->setAccessibleName(m_csvByteOrderMark->text());
    m_csvByteOrderMark->setToolTip(tr("Off, the file is plain UTF-8, for programs"));
    m_progress->setAccessibleName(tr("Progress"));
    m_progress->setRange(0, ProgressSteps);
    m_progress->setTextVisible(false);
    QSizePolicy staying = m_progress->sizePolicy();
    staying.setRetainSizeWhenHidden(true);
    m_progress->setSizePolicy(staying);
    m_progress->hide();
    m_message->setWordWrap(true);
    m_message->setTextFormat(Qt::PlainText);
    m_message->setProperty("dim", true);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_start = buttons->addButton(tr("Export"), QDialogButtonBox::ActionRole);
    m_start->setAccessibleName(tr("Export"));
    m_start->setToolTip(tr("Write the file"));
    setStyleRole(m_start, "primary", true);
    m_start->setDefault(true);
    buttons->button(QDialogButtonBox::Cancel)->setToolTip(tr("Stop the export, or close without one"));

    auto *form = new QFormLayout;
    form->setVerticalSpacing(theme::Gap);
    form->setHorizontalSpacing(theme::Gap * 2);
    form->addRow(tr("Format"), m_format);
    form->addRow(tr("File"), m_target);
    form->addRow({}, m_secrets);
    form->addRow({}, m_maskPayloads);
    form->addRow({}, m_masking);
    form->addRow({}, m_filtered);
    form->addRow({}, m_csvSafe);
    form->addRow({}, m_csvByteOrderMark);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::Gap * 2, theme::Gap * 2, theme::Gap * 2, theme::Gap * 2);
    layout->setSpacing(theme::Gap);
    layout->addLayout(form);
    layout->addSpacing(theme::Gap);
    layout->addWidget(m_progress);
    layout->addWidget(m_message);
    layout->addWidget(buttons);
    connect(m_start, &QPushButton::clicked, this, &ExportDialog::start);
    connect(buttons, &QDialogButtonBox::rejected, this, &ExportDialog::reject);
}

const Exporter *ExportDialog::exporter() const
{
    return findExporter(m_format->currentData().toString());
}

void ExportDialog::changeFormat()
{
    const Exporter *chosen = exporter();
    if (!chosen)
        return;
    const bool isCsv = chosen->name() == u"csv";
    m_csvSafe->setVisible(isCsv);
    m_csvByteOrderMark->setVisible(isCsv);
    if (!m_target->path().isEmpty())
        m_target->setPath(withSuffix(m_target->path(), chosen->suffix()));
    m_target->setRequest(windowTitle(), chosen->description() + tr(";;All files (*)"), chosen->suffix());
}

/// Before anything is written, and in the background: a large capture takes its time.
void ExportDialog::countSecrets()
{
    m_count.cancel();
    if (!m_maskPayloads->isChecked()) {
        QStringList names;
        for (const Exporter *each : exporters())
            names += each->description().section(QStringLiteral(" ("), 0, 0);
        m_masking->setText(tr("Every format (%1) holds the payloads of messages as they are.").arg(names.join(u", ")));
        m_maskPayloads->setAccessibleDescription(m_masking->text());
        return;
    }
    m_masking->setText(tr("Counting what will be masked…"));
    const EntryQuery query = m_filtered->isChecked() ? m_query : EntryQuery();
    m_count.start([this, query, capture = m_capture](const JobContext &job) {
        const Result<qint64> count = countPayloadSecrets(capture, query, job.token(), {});
        job.report([this, count] { showCount(count); });
    });
}

void ExportDialog::showCount(const Result<qint64> &count)
{
    const QString what = !count               ? tr("What will be masked could not be counted: %1").arg(count.message())
                         : count.value() == 0 ? tr("No value in a message will be masked.")
                         : count.value() == 1
                             ? tr("1 value in messages will be masked.")
                             : tr("%1 values in messages will be masked.").arg(countText(count.value()));
    m_masking->setText(tr("%1 What is neither JSON nor a form nor text is written as it is.").arg(what));
    m_maskPayloads->setAccessibleDescription(m_masking->text());
}

void ExportDialog::start()
{
    const QFileInfo target(m_target->path());
    if (!exporter() || m_target->path().isEmpty())
        return;
    if (target.exists() && target.canonicalFilePath() == QFileInfo(m_capture).canonicalFilePath()) {
        end(Error{tr("This is the capture itself. Choose another file.")});
    } else if (target.exists() && !m_target->isChosen()) {
        // The file dialog has asked already; for a path that was typed or suggested it is asked here.
        const Question question{tr("Replace file"), tr("%1 exists already. Replace it?").arg(target.fileName()),
                                tr("Replace")};
        m_prompts.confirm(this, question, [this] { run(); });
    } else {
        run();
    }
}

void ExportDialog::run()
{
    const Exporter *chosen = exporter();
    m_settings.setValue(Settings::Key::ExportFormat, chosen->name());
    m_settings.setValue(Settings::Key::ExportKeepSecrets, m_secrets->isChecked());
    m_settings.setValue(Settings::Key::ExportMaskPayloads, m_maskPayloads->isChecked());
    m_settings.setValue(Settings::Key::ExportCsvSafe, m_csvSafe->isChecked());
    m_settings.setValue(Settings::Key::ExportCsvByteOrderMark, m_csvByteOrderMark->isChecked());
    m_settings.setValue(Settings::Key::FileDirectory, QFileInfo(m_target->path()).absolutePath());
    ExportOptions options;
    options.keepSecrets = m_secrets->isChecked();
    options.maskPayloads = m_maskPayloads->isChecked();
    options.csvSafe = m_csvSafe->isChecked();
    options.csvByteOrderMark = m_csvByteOrderMark->isChecked();
    if (m_filtered->isChecked())
        options.query = m_query;
    setRunning(true);
    m_job.start([this, chosen, options, capture = m_capture, target = m_target->path()](const JobContext &job) {
        QElapsedTimer sinceTold;
        sinceTold.start();
        const auto progress = [this, &job, &sinceTold](qint64 done, qint64 total) {
            if (sinceTold.elapsed() < ProgressIntervalMs)
                return;
            sinceTold.restart();
            job.report([this, done, total] { showProgress(done, total); });
        };
        const Result<> result = exportToFile(capture, target, *chosen, options, job.token(), progress);
        job.report([this, result] { end(result); });
    });
}

void ExportDialog::showProgress(qint64 done, qint64 total)
{
    m_progress->setValue(total > 0 ? static_cast<int>(done * ProgressSteps / total) : 0);
    m_message->setText(tr("%1 of %2 entries").arg(countText(done), countText(total)));
}

void ExportDialog::end(const Result<> &result)
{
    setRunning(false);
    if (result) {
        Q_EMIT exported(m_target->path());
        accept();
        return;
    }
    m_message->setText(result.error().message);
    setStyleRole(m_message, "error", true);
}

void ExportDialog::setRunning(bool running)
{
    for (QWidget *widget :
         {static_cast<QWidget *>(m_format), static_cast<QWidget *>(m_target), static_cast<QWidget *>(m_secrets),
          static_cast<QWidget *>(m_maskPayloads), static_cast<QWidget *>(m_filtered), static_cast<QWidget *>(m_csvSafe),
          static_cast<QWidget *>(m_csvByteOrderMark), static_cast<QWidget *>(m_start)})
        widget->setEnabled(!running);
    m_progress->setValue(0);
    m_message->setText(running ? tr("Exporting…") : QString());
    setStyleRole(m_message, "error", false);
    m_progress->setVisible(running);
}

} // namespace sockeye
