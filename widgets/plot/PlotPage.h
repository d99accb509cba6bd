#pragma once

#include "base/Pace.h"
#include "base/StrongId.h"
#include "formats/FormatSet.h"
#include "plot/PlotDrawing.h"
#include "plot/PlotField.h"
#include "plot/PlotQuery.h"
#include "plot/SeriesReader.h"
#include "widgets/controls/Prompts.h"
#include "widgets/plot/PlotExporter.h"

#include <QPointer>
#include <QWidget>

#include <map>
#include <memory>

class QAction;
class QLabel;
class QLineEdit;
class QListWidget;
class QProgressBar;
class QStackedLayout;
class QStringListModel;
class QToolButton;

namespace sockeye {

class CaptureJob;
class IconButton;
class OpenCapture;
class PlotView;

/// Draws values of a capture over time: fields of its messages, their sizes, how many there are. Each capture has its
/// own plot, which is kept while the capture is open. Works while it is visible.
class PlotPage final : public QWidget
{
    Q_OBJECT

public:
    /// Lines of one plot: more are not told apart.
    static constexpr int MaxLines = PlotStyleCount;

    explicit PlotPage(QWidget *parent = nullptr);
    ~PlotPage() override;

    /// Null for none.
    void setCapture(OpenCapture *capture);
    /// Those of the capture.
    void setFormats(const std::shared_ptr<const FormatSet> &formats);
    /// Null for file dialogs. The prompts outlive the page.
    void setPrompts(Prompts *prompts) { m_prompts = prompts; }

    /// Draws it, too.
    void addField(const PlotField &field);
    void removeField(const PlotField &field);
    /// Those of the capture, in their order.
    [[nodiscard]] std::vector<PlotField> fields() const;
    [[nodiscard]] PlotView *view() const { return m_view; }

Q_SIGNALS:
    /// The log is to show this entry.
    void entryActivated(sockeye::EntryId entry);
    /// The log is to show what this filter matches.
    void filterWanted(const QString &filter);
    /// A sentence for the status bar.
    void notice(const QString &text);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Plot;
    struct Line;

    void build();
    QWidget *buildBar();
    void buildKnownFields(QToolButton *button);
    void buildExport(QToolButton *button);
    void addTyped();
    void removeCurrent();
    void showPlot();
    void listFields();
    void tellEmptyLines();
    [[nodiscard]] static QString titleOf(const Line &line);
    void ask();
    void updateState();
    void updateProgress();
    void showMessage(const QString &text);
    void sample();
    /// Stops what is being done, or goes on with what was stopped.
    void toggleWork();
    void filterRange();
    [[nodiscard]] Prompts &prompts() { return m_prompts ? *m_prompts : m_dialogs; }

    DialogPrompts m_dialogs;
    Prompts *m_prompts = nullptr;
    std::shared_ptr<const FormatSet> m_formats = FormatSet::standard();
    std::map<const OpenCapture *, std::unique_ptr<Plot>> m_plots;
    QPointer<OpenCapture> m_capture;
    /// That of the capture; null without one.
    Plot *m_plot = nullptr;

    QLineEdit *m_path = nullptr;
    QStringListModel *m_paths = nullptr;
    IconButton *m_add = nullptr;
    QToolButton *m_known = nullptr;
    IconButton *m_remove = nullptr;
    QToolButton *m_logarithmic = nullptr;
    QToolButton *m_all = nullptr;
    QToolButton *m_filter = nullptr;
    QToolButton *m_export = nullptr;
    QProgressBar *m_progress = nullptr;
    QToolButton *m_stop = nullptr;
    QLabel *m_message = nullptr;
    QListWidget *m_list = nullptr;
    QStackedLayout *m_stack = nullptr;
    /// The list of lines and the view.
    QWidget *m_drawn = nullptr;
    PlotView *m_view = nullptr;
    QLabel *m_empty = nullptr;
    PlotQuery m_query;
    Pace m_pace{Pace::Figures};
    std::unique_ptr<PlotExporter> m_exporter;
    std::unique_ptr<CaptureJob> m_sampler;
};

} // namespace sockeye
