#include "widgets/plot/PlotExporter.h"

#include "base/OwnerOnly.h"
#include "plot/PlotSvg.h"
#include "widgets/controls/Prompts.h"
#include "widgets/plot/PlotPainter.h"
#include "widgets/plot/PlotView.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFontInfo>
#include <QImage>
#include <QPainter>
#include <QSaveFile>

namespace sockeye {

namespace {

/// Of a picture: twice the pixels of the screen read well on paper, too.
constexpr double PictureScale = 2;
constexpr qint64 ProgressMs = 100;

} // namespace

PlotExporter::PlotExporter(PlotView &view, QObject *parent)
    : QObject(parent)
    , m_view(view)
{
    connect(&m_job, &JobRunner::finished, this, &PlotExporter::progressed);
}

PlotExporter::~PlotExporter() = default;

void PlotExporter::cancel()
{
    m_job.cancel();
    Q_EMIT progressed();
}

void PlotExporter::savePng(Prompts &prompts)
{
    const auto chosen = [this](const QString &path) {
        QImage image(m_view.size() * PictureScale, QImage::Format_RGB32);
        image.setDevicePixelRatio(PictureScale);
        QPainter painter(&image);
        plotpainter::paint(painter, m_view.drawing(), theme::colors(m_view.palette()), m_view.labelFont());
        painter.end();
        save(path, [image](QIODevice &out, const JobContext &) {
            return image.save(&out, "PNG") ? Result<>() : Error{out.errorString()};
        });
    };
    prompts.saveFile(&m_view,
                     {tr("Export the plot"), QDir::homePath() + u'/' + tr("plot.png"),
                      tr("Pictures (*.png);;All files (*)"), QStringLiteral("png")},
                     chosen);
}

void PlotExporter::saveSvg(Prompts &prompts)
{
    const auto chosen = [this](const QString &path) {
        const ThemeColors colors = theme::colors(m_view.palette());
        const QFontInfo font(m_view.labelFont());
        const PlotSvg::Look look{
            [colors](PlotInk ink, int style) { return plotpainter::colorOf(colors, ink, style).name(); }, font.family(),
            double(font.pixelSize()), m_view.scene().sentence()};
        save(path, [look, drawing = m_view.drawing()](QIODevice &out, const JobContext &) {
            return PlotSvg::write(drawing, look, out);
        });
    };
    prompts.saveFile(&m_view,
                     {tr("Export the plot"), QDir::homePath() + u'/' + tr("plot.svg"),
                      tr("Drawings (*.svg);;All files (*)"), QStringLiteral("svg")},
                     chosen);
}

void PlotExporter::saveCsv(Prompts &prompts, const std::vector<PlotCsv::Column> &columns)
{
    const TimeSpan range = m_view.scene().range;
    const auto chosen = [this, columns, range](const QString &path) {
        save(path, [this, columns, range](QIODevice &out, const JobContext &job) {
            QElapsedTimer sinceReport;
            sinceReport.start();
            return PlotCsv::write(columns, range, out, job.token(), [&](double share) {
                if (sinceReport.elapsed() < ProgressMs)
                    return;
                sinceReport.restart();
                job.report([this, share] {
                    m_progress = share;
                    Q_EMIT progressed();
                });
            });
        });
    };
    prompts.saveFile(&m_view,
                     {tr("Export the points"), QDir::homePath() + u'/' + tr("plot.csv"),
                      tr("Comma-separated values (*.csv);;All files (*)"), QStringLiteral("csv")},
                     chosen);
}

void PlotExporter::save(const QString &path, Write write)
{
    m_progress = 0;
    m_job.start([this, path, write = std::move(write)](const JobContext &job) {
        QSaveFile file(path);
        const bool isNew = !QFileInfo::exists(path);
        bool isWritten = file.open(QIODevice::WriteOnly);
        QString reason = file.errorString();
        if (isWritten) {
            // What messages hold is not for everybody on the machine. A file that is replaced keeps its mode.
            if (isNew)
                file.setPermissions(owneronly::FilePermissions);
            const Result<> written = write(file, job);
            isWritten = written.ok() && !job.isCancelled() && file.commit();
            reason = written ? file.errorString() : written.message();
        }
        const QString shown = QDir::toNativeSeparators(path);
        const QString text =
            isWritten ? tr("The plot is in %1").arg(shown)
                      : tr("“%1” could not be written: %2. Choose another place or make room.").arg(shown, reason);
        job.report([this, text] { Q_EMIT done(text); });
    });
    Q_EMIT progressed();
}

} // namespace sockeye
