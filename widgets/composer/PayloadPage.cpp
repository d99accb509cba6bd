#include "widgets/composer/PayloadPage.h"

namespace sockeye {

PayloadPage::PayloadPage(QWidget *parent)
    : QWidget(parent)
{
}

PayloadPage::~PayloadPage() = default;

void PayloadPage::focusPayload()
{
    setFocus(Qt::ShortcutFocusReason);
}

} // namespace sockeye
