#pragma once

#include "widgets/inspector/InspectorPage.h"

class QVBoxLayout;

namespace sockeye {

/// A page about the connection whose sections stand one below the other and scroll.
class ScrolledPage : public InspectorPage
{
    Q_OBJECT

public:
    explicit ScrolledPage(const QString &title, QWidget *parent = nullptr);
    ~ScrolledPage() override;

protected:
    /// The layout of the sections, from the top down.
    [[nodiscard]] QVBoxLayout *sections() const { return m_sections; }

private:
    QVBoxLayout *m_sections;
};

} // namespace sockeye
