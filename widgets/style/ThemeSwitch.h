#pragma once

#include <QObject>
#include <QPalette>
#include <QSet>
#include <QString>

class QApplication;
class QWidget;

namespace sockeye {

/// Puts another palette and style sheet on a program that has widgets. Qt looks anew at the style of every widget that
/// it has ever shown, and tells each of them several times: seconds with some tabs open. Here each widget that can be
/// seen is looked at and told once, and one that is hidden when it is shown.
class ThemeSwitch final : public QObject
{
    Q_OBJECT

public:
    explicit ThemeSwitch(QApplication &app);

    /// Both at once. The first style sheet of a program is Qt's own affair.
    void apply(const QPalette &palette, const QString &styleSheet);
    /// How many widgets have been looked at anew so far.
    [[nodiscard]] qint64 restyledCount() const { return m_restyledCount; }

    bool eventFilter(QObject *object, QEvent *event) override;

private:
    void exchange(const QPalette &palette, const QString &styleSheet);
    void restyleVisible(QWidget *widget);
    void restyleLate(QWidget *widget);
    void polish(QWidget *widget);
    void tell(QWidget *widget);

    QApplication &m_app;
    /// Widgets that are hidden and have the style of another theme; only compared, never looked into.
    QSet<const QObject *> m_stale;
    /// While it is on, no widget is told of a change.
    bool m_isSwitching = false;
    qint64 m_restyledCount = 0;
};

} // namespace sockeye
