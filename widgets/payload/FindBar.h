#pragma once

#include "filter/MatchMarks.h"

#include <QFrame>

class QComboBox;
class QLabel;
class QLineEdit;
class QTimer;

namespace sockeye {

class IconButton;

/// The strip over a page in which one finds text, a regular expression or bytes in what the page shows: "3 of 17", and
/// a button each for the previous and the next place. Hidden until begin().
class FindBar final : public QFrame
{
    Q_OBJECT

public:
    enum class Mode : quint8 { Text, Regex, Bytes };

    /// `name` says in what is looked: "Find in message".
    FindBar(const QString &name, QWidget *parent = nullptr);

    /// Shows the bar with the focus in its field; what stands there is selected.
    void begin();
    /// Hides the bar; nothing is looked for any more.
    void end();
    /// Nothing while the bar is hidden, or while what is typed is no pattern.
    [[nodiscard]] const MatchMarks &marks() const { return m_marks; }
    void setMode(Mode mode);
    [[nodiscard]] Mode mode() const;

    /// How many places there are, whether more than these were not looked for, and which is the current one (from 0 on;
    /// negative for none).
    void showCount(qsizetype count, bool areAll, qsizetype current);
    /// It is still being looked for.
    void showSearching();
    /// What is wrong with the pattern, or why looking for it came to no end.
    void showProblem(const QString &problem);

Q_SIGNALS:
    void marksChanged();
    void stepRequested(bool forward);
    /// The user has closed the bar.
    void ended();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void takePattern();
    void showText(const QString &count, const QString &problem);

    QComboBox *m_mode;
    QLineEdit *m_field;
    QLabel *m_count;
    IconButton *m_previous;
    IconButton *m_next;
    /// A pattern is looked for when the typing pauses.
    QTimer *m_pause;
    MatchMarks m_marks;
};

} // namespace sockeye
