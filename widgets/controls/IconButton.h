#pragma once

#include <QToolButton>

namespace sockeye {

/// A flat button that is an icon, which keeps the palette's colour when the theme changes. Its name is said by its tool
/// tip and to assistive programs.
class IconButton : public QToolButton
{
    Q_OBJECT

public:
    IconButton(const QString &icon, const QString &name, QWidget *parent = nullptr);

protected:
    void changeEvent(QEvent *event) override;

private:
    void updateIcon();

    QString m_icon;
};

} // namespace sockeye
