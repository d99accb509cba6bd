#pragma once

#include "widgets/controls/LineEnding.h"

#include <QPlainTextEdit>

#include <chrono>

namespace sockeye {

/// The editor of a message: Ctrl+Return sends, Tab moves on, Alt+Up and Alt+Down go through what was sent. Dropped
/// files are left to the composer around it. What is typed, pasted, dropped, copied and cut is kept to the UTF-16 code
/// unit (ExactText): read and write it by text() and setText(), not by QPlainTextEdit's own methods.
class MessageEdit final : public QPlainTextEdit
{
    Q_OBJECT

public:
    /// The most that can be pasted at once, in characters and in lines, so that it stays well under a second:
    /// 10,000,000 characters without a space took 0.1 s, 100,000 lines 0.5 s.
    static constexpr qsizetype MaxPaste = 16'000'000;
    static constexpr qsizetype MaxPastedLines = 100'000;

    /// How long typing in a long text has to pause before the text is checked.
    static constexpr std::chrono::milliseconds Pause{200};

    explicit MessageEdit(QWidget *parent = nullptr);

    [[nodiscard]] QString text() const;
    void setText(const QString &text);
    /// Ends all lines alike, as one step of undo. Lines that are typed end as those near them do.
    void setLineEndings(LineEnding ending);
    /// Whether line endings, white space and characters without a width are marked.
    void setShowsInvisibles(bool shown);
    /// For a page on which each character costs more.
    void setMaxPaste(qsizetype characters) { m_maxPaste = characters; }
    [[nodiscard]] qsizetype maxPaste() const { return m_maxPaste; }
    /// Whether the text is too long to be checked at each key.
    [[nodiscard]] bool isLong() const;

Q_SIGNALS:
    void sendRequested();
    void historyRequested(int step);
    void pasteRefused(qsizetype characters);

protected:
    bool event(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void inputMethodEvent(QInputMethodEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    [[nodiscard]] QMimeData *createMimeDataFromSelection() const override;
    bool canInsertFromMimeData(const QMimeData *source) const override;
    void insertFromMimeData(const QMimeData *source) override;

private:
    void takeKey(QKeyEvent *event);
    void insertExact(QStringView text);
    void passBreakInLongLine(const QKeyEvent &event);
    void mendLongLine();
    void addLineEndings(QMenu &menu);
    [[nodiscard]] QString characterToolTip(const QPoint &position) const;

    /// Of a text with a single line.
    LineEnding m_lineEnding = LineEnding::Lf;
    bool m_showsInvisibles = false;
    qsizetype m_maxPaste = MaxPaste;
};

} // namespace sockeye
