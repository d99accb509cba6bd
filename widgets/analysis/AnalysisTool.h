#pragma once

#include "base/StrongId.h"
#include "document/OpenCapture.h"
#include "formats/FormatSet.h"
#include "widgets/analysis/AnalysisPanel.h"
#include "widgets/tab/DocumentTab.h"

#include <QPointer>

#include <functional>
#include <memory>
#include <vector>

namespace sockeye {

class PlotPage;
class Settings;

/// Ties the pages of the AnalysisPanel to the tab that is in front: they get its capture and as what its messages are
/// read, and what is chosen in them is shown in its log.
class AnalysisTool final : public QObject
{
    Q_OBJECT

public:
    /// The settings outlive it; the window is the panel's parent, and gives it its place.
    AnalysisTool(Settings &settings, QWidget *window);

    /// Makes a page; `id` is what settings call it. A page has setCapture(OpenCapture *), null for none, and
    /// setFormats(), emits entryActivated(EntryId) and filterWanted(QString), and works only while it is visible.
    template<typename Page>
    Page *add(const QString &id, const QString &title)
    {
        auto *page = new Page(m_panel);
        m_pages.push_back({[page](OpenCapture *capture) { page->setCapture(capture); },
                           [page](const std::shared_ptr<const FormatSet> &formats) { page->setFormats(formats); }});
        connect(page, &Page::entryActivated, this, &AnalysisTool::showEntry);
        connect(page, &Page::filterWanted, this, &AnalysisTool::filterBy);
        m_panel->addPage(id, title, page);
        takePage(m_pages.back());
        return page;
    }

    [[nodiscard]] AnalysisPanel *panel() const { return m_panel; }
    [[nodiscard]] bool isShown() const;
    void toggle();
    /// Shows or hides the panel as chosen.
    void apply();
    /// Shows the panel with this page in front.
    void show(const QWidget *page);
    /// The tab in front, also when what it shows may have changed; null for none.
    void follow(DocumentTab *tab);

Q_SIGNALS:
    /// Emitted when the panel has been shown or hidden.
    void changed();
    /// A line for the status bar.
    void statusText(const QString &text);

private:
    struct PageLink
    {
        std::function<void(OpenCapture *)> setCapture;
        std::function<void(const std::shared_ptr<const FormatSet> &)> setFormats;
    };

    void addPages();
    void takePage(const PageLink &page) const;
    void setShown(bool shown);
    void setCapture(OpenCapture *capture);
    void setFormats(const std::shared_ptr<const FormatSet> &formats);
    void showEntry(EntryId id);
    void filterBy(const QString &filter);
    void setRequestPath(const QString &path);
    void plot(const QString &path);
    void focusLog();

    Settings &m_settings;
    AnalysisPanel *m_panel;
    PlotPage *m_plot = nullptr;
    std::vector<PageLink> m_pages;
    QPointer<DocumentTab> m_tab;
    OpenCapture *m_capture = nullptr;
    std::shared_ptr<const FormatSet> m_formats = FormatSet::standard();
};

} // namespace sockeye
