#include "widgets/library/CaptureSaver.h"

#include "reading/CaptureReader.h"
#include "reading/CaptureReaders.h"
#include "widgets/style/Icons.h"
#include "widgets/style/Theme.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>

namespace sockeye {
namespace {

constexpr int ProgressSteps = 1000;
constexpr int ProgressWidth = 120;
constexpr qint64 ProgressIntervalMs = 30;

} // namespace

CaptureSaver::CaptureSaver(const QString &capture, const QString &target, QWidget *parent)
    : QWidget(parent)
    , m_label(new QLabel(tr("Saving %1").arg(QFileInfo(target).fileName()), this))
    , m_progress(new QProgressBar(this))
{
    m_label->setTextFormat(Qt::PlainText);
    m_progress->setAccessibleName(m_label->text());
    m_progress->setRange(0, ProgressSteps);
    m_progress->setTextVisible(false);
    m_progress->setFixedWidth(ProgressWidth);
    auto *cancel = new QToolButton(this);
    cancel->setIcon(icons::get(QStringLiteral("close"), palette()));
    cancel->setAccessibleName(tr("Cancel saving"));
    cancel->setToolTip(tr("Stop saving; no file is written"));
    connect(cancel, &QToolButton::clicked, this, &CaptureSaver::cancel);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme::Gap / 2);
    layout->addWidget(m_label);
    layout->addWidget(m_progress);
    layout->addWidget(cancel);
    start(capture, target);
}

void CaptureSaver::start(const QString &capture, const QString &target)
{
    m_job.start([this, capture, target](const JobContext &job) {
        QElapsedTimer sinceTold;
        sinceTold.start();
        const auto progress = [this, &job, &sinceTold](qint64 done, qint64 total) {
            if (total <= 0 || sinceTold.elapsed() < ProgressIntervalMs)
                return;
            sinceTold.restart();
            const int steps = static_cast<int>(done * ProgressSteps / total);
            job.report([this, steps] { m_progress->setValue(steps); });
        };
        const auto reader = CaptureReaders::of(capture)->lend();
        const Result<> result =
            reader ? reader.value()->saveCopy(target, job.token(), progress) : Result<>(reader.error());
        job.report([this, result] {
            if (result)
                Q_EMIT saved();
            else
                Q_EMIT failed(result.error().message);
        });
    });
}

void CaptureSaver::cancel()
{
    m_job.cancel();
    Q_EMIT cancelled();
}

} // namespace sockeye
