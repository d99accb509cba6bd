#pragma once

#include "base/StrongId.h"
#include "filter/EntryQuery.h"
#include "log/LogTypes.h"

#include <QPointer>
#include <QWidget>

class QAction;
class QActionGroup;
class QLabel;
class QLineEdit;
class QTimer;

namespace sockeye {

class FilterLine;
class FilterMenu;
class FilterSuggestions;
class LogModel;
class MatchStepper;
class QuietButton;
class SearchProgress;
class SegmentedControl;
class Settings;

/// The filter of a log: what is typed in its line is set on the model as soon as it can be understood; until then the
/// last good filter stays. Beside the line: whether the filter hides or marks, the way to the next match, how much is
/// shown, how far a search has come, and which noise is hidden. Controls for which there is no room move into the menu
/// before the line.
class FilterBar final : public QWidget
{
    Q_OBJECT

public:
    explicit FilterBar(QWidget *parent = nullptr);
    ~FilterBar() override;

    /// The log to filter; null for none. A new model gets the line's filter, the mode and the quiet.
    void setLogModel(LogModel *model);
    /// Where filters are saved; not owned, null for nowhere.
    void setSettings(Settings *settings);
    /// The URLs of the capture's connections, suggested after "conn:"; empty for a number that none has.
    void setConnections(const QStringList &urls);

    /// How many entries the capture has, where that is not the last one's id; 0 for where it is.
    void setEntryCount(qint64 entries);

    [[nodiscard]] QString text() const;
    void setText(const QString &text);
    [[nodiscard]] FilterMode filterMode() const;
    void setFilterMode(FilterMode mode);
    [[nodiscard]] LogQuiet quiet() const;
    void setQuiet(LogQuiet quiet);
    /// The log's filter: the last one that was understood.
    [[nodiscard]] EntryQuery query() const { return m_applied; }
    /// For Ctrl+F: gives the line the keyboard focus, its text selected.
    void focusFilter();
    [[nodiscard]] QLineEdit *lineEdit() const;
    [[nodiscard]] FilterSuggestions *suggestions() const;
    /// Why the text cannot be understood; empty if it can.
    [[nodiscard]] QString errorText() const;
    /// "1,204 of 10,000 shown · 300 hidden"; empty if all is shown.
    [[nodiscard]] QString statusText() const { return m_statusText; }
    /// "3 of 120"; empty without a filter.
    [[nodiscard]] QString counterText() const;

public Q_SLOTS:
    /// Requests the next match after the current entry; after the last match, the first one.
    void nextMatch();
    void previousMatch();
    /// The log's current entry, from which matches are counted.
    void setCurrentEntry(sockeye::EntryId id);

Q_SIGNALS:
    /// The text has been understood; query() is its meaning.
    void applied();
    /// The user has chosen another mode, or other noise to hide.
    void choiceChanged();
    /// A match that the log is to go to.
    void entryWanted(sockeye::EntryId id);

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void addControls();
    void addModes();
    void layOut();
    void connectLine();
    void connectControls();

    void take(const EntryQuery &query);
    void resumeSearch();
    void chooseQuiet();
    void updateStatusSoon();
    void updateStatus();
    /// Shows the controls that have something to tell, as far as there is room.
    void fitControls();

    QPointer<LogModel> m_model;
    FilterLine *m_line = nullptr;
    FilterMenu *m_menu = nullptr;
    SegmentedControl *m_mode = nullptr;
    MatchStepper *m_matches = nullptr;
    SearchProgress *m_progress = nullptr;
    QLabel *m_status = nullptr;
    QuietButton *m_quiet = nullptr;

    QActionGroup *m_modes = nullptr;
    QAction *m_hide = nullptr;
    QAction *m_markMatches = nullptr;

    QTimer *m_statusPause = nullptr;
    QString m_statusText;
    qint64 m_entries = 0;
    /// The query that the model was given last.
    EntryQuery m_applied;
};

} // namespace sockeye
