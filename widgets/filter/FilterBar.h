#pragma once

#include "filter/Filter.h"
#include "log/LogModel.h"

#include <QPointer>
#include <QWidget>

class QAction;
class QActionGroup;
class QLabel;
class QLineEdit;
class QProgressBar;
class QTimer;
class QToolButton;

namespace sockeye {

class FilterMark;
class FilterMenu;
class FilterSuggestions;
class IconButton;
class SegmentedControl;
class Settings;

/// The filter line of a log: what is typed is understood as it is typed and set on the model; what cannot be understood
/// is told under the line, with a mark below the offending character, and the last good filter stays. Beside the line:
/// whether what does not match is hidden or what matches is marked, the way to the next match, how much is shown, how
/// far a search has come, and the noise that is kept quiet. What has no room moves into the menu before the line.
class FilterBar final : public QWidget
{
    Q_OBJECT

public:
    explicit FilterBar(QWidget *parent = nullptr);
    ~FilterBar() override;

    /// The log to filter; null for none. A new model gets the filter that stands in the line, the mode and the quiet.
    void setLogModel(LogModel *model);
    /// Where filters are saved; not owned, null for nowhere.
    void setSettings(Settings *settings);
    /// The URLs of the capture's connections, suggested after "conn:"; empty for a number that none has.
    void setConnections(const QStringList &urls);

    [[nodiscard]] QString text() const;
    void setText(const QString &text);
    [[nodiscard]] LogModel::FilterMode filterMode() const;
    void setFilterMode(LogModel::FilterMode mode);
    [[nodiscard]] LogModel::Quiet quiet() const;
    void setQuiet(LogModel::Quiet quiet);
    /// What the log is filtered by: the last that was understood.
    [[nodiscard]] EntryQuery query() const { return m_applied; }
    /// For Ctrl+F: the keyboard goes to the line, its text selected.
    void focusFilter();
    [[nodiscard]] QLineEdit *lineEdit() const { return m_edit; }
    [[nodiscard]] FilterSuggestions *suggestions() const { return m_suggestions; }
    /// Why the text cannot be understood; empty if it can.
    [[nodiscard]] QString errorText() const;
    /// "1,204 of 10,000 shown · 300 hidden"; empty if all is shown.
    [[nodiscard]] QString statusText() const { return m_statusText; }
    /// "3 of 120"; empty without a filter.
    [[nodiscard]] QString counterText() const;

public Q_SLOTS:
    /// Asks for the next match after the current entry, and from the end for the first again.
    void nextMatch();
    void previousMatch();
    /// The log's current entry, from which matches are counted.
    void setCurrentEntry(sockeye::EntryId id);

Q_SIGNALS:
    /// What stands in the line has been understood, and is what query() says.
    void applied();
    /// Whether it hides or marks, or what is kept quiet, is another now.
    void choiceChanged();
    /// A match that the log is to go to.
    void entryWanted(sockeye::EntryId id);

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    // Making it (FilterBarLayout.cpp)
    void addClearButton();
    void addActions();
    void addControls();
    void layOut();
    void wire();

    void apply();
    void readTimes(std::function<void()> done);
    void take();
    void colourTerms();
    void goToMatch(bool forward);
    void chooseQuiet();
    void searchChanged();
    void updateStatus();
    void updateCounter();
    void updateSearching();
    /// Shows what has something to tell and room for it.
    void fitControls();

    static constexpr int ProgressSteps = 1000;

    QPointer<LogModel> m_model;
    FilterMenu *m_menu = nullptr;
    QLineEdit *m_edit = nullptr;
    QAction *m_clear = nullptr;
    FilterSuggestions *m_suggestions = nullptr;
    SegmentedControl *m_mode = nullptr;
    QLabel *m_counter = nullptr;
    IconButton *m_previous = nullptr;
    IconButton *m_next = nullptr;
    QProgressBar *m_progress = nullptr;
    IconButton *m_stop = nullptr;
    QLabel *m_status = nullptr;
    QToolButton *m_quiet = nullptr;
    FilterMark *m_mark = nullptr;

    QActionGroup *m_modes = nullptr;
    QAction *m_hide = nullptr;
    QAction *m_markMatches = nullptr;
    QAction *m_quietControl = nullptr;
    QAction *m_quietRepeats = nullptr;

    QTimer *m_pause = nullptr;
    QTimer *m_statusPause = nullptr;
    /// Runs out when a search takes long enough to be told of.
    QTimer *m_patience = nullptr;
    bool m_isLong = false;

    QString m_statusText;
    EntryId m_current;
    FilterContext m_context;
    /// What the model was given last.
    EntryQuery m_applied;
};

} // namespace sockeye
