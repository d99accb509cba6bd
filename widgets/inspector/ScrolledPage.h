#pragma once

#include <QWidget>

class QVBoxLayout;

namespace sockeye {

class PageStack;

/// A page of the inspector whose sections stand one below the other and scroll; or a few words in their place.
class ScrolledPage : public QWidget
{
    Q_OBJECT

public:
    explicit ScrolledPage(const QString &name, QWidget *parent = nullptr);
    ~ScrolledPage() override;

    void showWords(const QString &text);

protected:
    /// Where the sections go, from the top down.
    [[nodiscard]] QVBoxLayout *sections() const { return m_sections; }
    void showContent();

private:
    QVBoxLayout *m_sections;
    PageStack *m_stack;
};

} // namespace sockeye
